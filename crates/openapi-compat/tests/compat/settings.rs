//! The command with settings: which operations count, and how much each rule weighs.

use openapi_compat::command::{Defaults, Outcome};

use crate::directory::Directory;

/// A document with a public and an internal operation.
fn document(public: &str, internal: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: 1.0.0}}\npaths:\n  /pets/{{id}}:\n    get:\n      tags: [pets]\n      \
         parameters: [{{name: id, in: path, required: true, schema: {{type: {public}}}}}]\n      \
         responses: {{'200': {{description: ok}}}}\n  /admin/users:\n    x-internal: true\n    get:\n      tags: [admin]\n      \
         parameters: [{{name: size, in: query, schema: {{type: {internal}}}}}]\n      responses: {{'200': {{description: ok}}}}\n"
    )
}

struct Pair(Directory, String, String);

impl Pair {
    fn new(name: &str, base: &str, revision: &str) -> Self {
        let directory = Directory::new(name);
        let (base, revision) = (
            directory.write("base.yaml", base),
            directory.write("revision.yaml", revision),
        );
        Self(directory, base, revision)
    }

    fn run(&self, options: &[&str]) -> (Outcome, String, String) {
        let arguments = [&[self.1.as_str(), self.2.as_str()], options].concat();
        self.0.run(&arguments, &Defaults::default())
    }

    /// The last line of the report.
    fn summary(&self, options: &[&str]) -> String {
        let (_, out, err) = self.run(options);
        assert_eq!(err, "", "{options:?}");
        out.lines().last().unwrap_or_default().to_owned()
    }
}

#[test]
fn operations_are_chosen_by_path_tag_and_extension() {
    let pair = Pair::new(
        "scope",
        &document("string", "string"),
        &document("string", "integer"),
    );
    assert_eq!(pair.summary(&[]), "1 breaking");
    for options in [
        &["--path", "/pets/*"][..],
        &["--path", "/pets/{id}"],
        &["--exclude", "/admin/**"],
        &["--tag", "pet*"],
        &["--exclude-tag", "admin"],
        &["--exclude-extension", "x-internal"],
    ] {
        assert_eq!(
            pair.summary(options),
            "1 left out by settings",
            "{options:?}"
        );
        assert_eq!(pair.run(options).0, Outcome::Clean, "{options:?}");
    }
    for options in [
        &["--path", "/admin/*"][..],
        &["--path", "/pets/*", "--path", "/admin/**"],
        &["--exclude", "/pets/**"],
        &["--tag", "admin"],
        &["--exclude-extension", "x-beta"],
    ] {
        assert_eq!(pair.summary(options), "1 breaking", "{options:?}");
    }
}

#[test]
fn a_path_or_tag_that_is_not_there_is_an_error() {
    let pair = Pair::new(
        "nowhere",
        &document("string", "string"),
        &document("string", "integer"),
    );
    for (options, said) in [
        (
            ["--path", "/pet/*"],
            "no path of the two documents is like `/pet/*`",
        ),
        (
            ["--tag", "Pets"],
            "no tag of the two documents is like `Pets`",
        ),
        (["--path", "/pets/["], "a glob of a path: "),
    ] {
        let (outcome, _, err) = pair.run(&options);
        assert_eq!(outcome, Outcome::NotCompared);
        assert!(err.contains(said), "{err}");
    }
}

#[test]
fn an_operation_that_becomes_internal_is_gone_for_its_clients() {
    let base = document("string", "string").replace("    x-internal: true\n", "");
    let pair = Pair::new("internal", &base, &document("string", "integer"));
    let summary = pair.summary(&["--exclude-extension", "x-internal"]);
    assert!(summary.starts_with("1 breaking"), "{summary}");
}

#[test]
fn rules_have_the_class_that_the_settings_give_them() {
    let pair = Pair::new(
        "rules",
        &document("string", "string"),
        &document("string", "integer"),
    );
    for (rules, summary) in [
        (
            &["request-parameter-type-changed=off"][..],
            "1 left out by settings",
        ),
        (&["*=compatible"], "1 compatible"),
        (&["*=off", "request-parameter-type-*=docs"], "1 docs"),
        (&["request-parameter-type-*=docs", "*=off"], "1 docs"),
        (&["response-*=off"], "1 breaking"),
    ] {
        let options: Vec<_> = rules.iter().flat_map(|rule| ["--rule", rule]).collect();
        assert_eq!(pair.summary(&options), summary, "{rules:?}");
    }
    assert_eq!(pair.run(&["--rule", "*=docs"]).0, Outcome::Clean);
    assert_eq!(
        pair.run(&["--rule", "*=docs", "--fail-on", "any"]).0,
        Outcome::Findings
    );
    let (outcome, _, err) = pair.run(&["--rule", "*=error"]);
    assert_eq!(outcome, Outcome::NotCompared);
    assert!(
        err.contains(
            "`error` is no class; write one of breaking, unknown, sdk, compatible, docs, or off"
        ),
        "{err}"
    );
    assert!(
        pair.run(&["--rule", "off"])
            .2
            .contains("expected GLOB=CLASS")
    );
}

#[test]
fn a_file_has_the_settings_of_a_team() {
    let pair = Pair::new(
        "config",
        &document("string", "string"),
        &document("integer", "integer"),
    );
    let config = |text: &str| pair.0.write("compat.toml", text);
    let file = config("exclude = [\"/admin/**\"]\n[rules]\n\"request-*\" = \"docs\"\n");
    assert_eq!(
        pair.summary(&["--config", &file]),
        "1 docs, 1 left out by settings"
    );
    assert_eq!(
        pair.summary(&["--config", &file, "--rule", "request-*=breaking"]),
        "1 breaking, 1 left out by settings"
    );
    for (text, said) in [
        ("tags = 1\n", "compat.toml:1:8: invalid type"),
        (
            "\nexcludes = []\n",
            "compat.toml:2:1: unknown field `excludes`",
        ),
        ("[rules]\n\"a\" = \"b\"\n", "the rule `a`: `b` is no class"),
    ] {
        let file = config(text);
        let (outcome, _, err) = pair.run(&["--config", &file]);
        assert_eq!(outcome, Outcome::NotCompared);
        assert!(err.contains(said), "{err}");
    }
    assert!(
        pair.run(&["--config", "no.toml"])
            .2
            .contains("no.toml: cannot read")
    );
}
