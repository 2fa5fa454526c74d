//! The command: reports, acceptances, versions and exit codes.

use std::path::Path;

use openapi_compat::command::{Defaults, Outcome};
use serde_json::Value;

use crate::directory::Directory;

const BASE: &str = "\
openapi: 3.0.3
info: {title: t, version: 0.1.0}
paths:
  /pets:
    get:
      operationId: pets
      parameters:
        - name: size
          in: query
          schema:
            type: integer
            maximum: 200
      responses:
        '200': {description: ok}
";

fn pair(name: &str) -> (Directory, String, String) {
    let directory = Directory::new(name);
    let base = directory.write("base.yaml", BASE);
    let revision = directory.write("revision.yaml", &BASE.replace("200\n", "100\n"));
    (directory, base, revision)
}

#[test]
fn text_shows_both_sides_the_witness_and_what_to_do() {
    let (directory, base, revision) = pair("text");
    let (outcome, out, err) = directory.run(&[&base, &revision], &Defaults::default());
    assert_eq!((outcome.code(), err.as_str()), (1, ""));
    assert_eq!(
        out,
        "\
breaking: GET /pets

  the query parameter `size` has another maximum (`200` before, `100` now);
  `101` was accepted and is refused now
    base.yaml:12:13
       12 - maximum: 200
    revision.yaml:12:13
       12 + maximum: 100
    worked before: 101
    do: keep accepting what was accepted, offer the change beside it, or accept
      the break on purpose with this fingerprint
    request-parameter-max-decreased [10875a494c01]

1 breaking
"
    );
}

#[test]
fn every_format_names_the_finding_and_its_line() {
    let (directory, base, revision) = pair("formats");
    for (format, parts) in [
        (
            "json",
            vec![
                "\"verdict\": \"breaking\"",
                "\"line\": 12",
                "\"witness\": 101",
            ],
        ),
        (
            "markdown",
            vec![
                "| `request-parameter-max-decreased`<br>`10875a494c01` | revision.yaml:12 |",
                "<br>worked before: `101` |",
                "- To do: keep accepting what was accepted",
            ],
        ),
        (
            "github",
            vec![
                "::error file=",
                "revision.yaml,line=12,col=13,title=request-parameter-max-decreased (breaking)::",
            ],
        ),
        (
            "junit",
            vec!["tests=\"1\" failures=\"1\"", "<failure type=\"breaking\""],
        ),
        (
            "sarif",
            vec![
                "\"ruleId\": \"request-parameter-max-decreased\"",
                "\"startLine\": 12",
            ],
        ),
    ] {
        let (_, out, _) = directory.run(
            &[&base, &revision, "--format", format],
            &Defaults::default(),
        );
        for part in parts {
            assert!(out.contains(part), "{format} lacks {part}:\n{out}");
        }
        if matches!(format, "json" | "sarif") {
            serde_json::from_str::<Value>(&out).unwrap();
        }
    }
}

#[test]
fn exit_codes_tell_findings_from_failure() {
    let (directory, base, revision) = pair("codes");
    let code = |arguments: &[&str]| directory.run(arguments, &Defaults::default()).0.code();
    assert_eq!(code(&[&base, &base]), 0);
    assert_eq!(code(&[&base, &revision]), 1);
    assert_eq!(code(&[&revision, &base]), 0);
    assert_eq!(code(&[&base, &revision, "--fail-on", "none"]), 0);
    assert_eq!(code(&[&base, "missing.yaml"]), 2);
    assert_eq!(code(&[&base]), 2);
    assert_eq!(code(&[&base, "git:--all:x"]), 2);
    let renamed = directory.write("renamed.yaml", &BASE.replace("Id: pets", "Id: animals"));
    assert_eq!(code(&[&base, &renamed]), 0);
    assert_eq!(code(&[&base, &renamed, "--fail-on", "sdk"]), 1);
}

#[test]
fn accepted_changes_do_not_fail_and_stale_ones_do() {
    let (directory, base, revision) = pair("accepted");
    let entry = |body: &str| {
        directory.write(
            "accepted.toml",
            &format!("[[accepted]]\nreason = \"r\"\n{body}\n"),
        )
    };
    let check = |body: &str| {
        let accepted = entry(body);
        directory.run(
            &[&base, &revision, "--accepted", &accepted],
            &Defaults::default(),
        )
    };
    assert_eq!(check("fingerprint = \"10875a494c01\"").0, Outcome::Clean);
    assert_eq!(
        check("id = \"request-parameter-*\"\npointer = \"/paths/**\"").0,
        Outcome::Clean
    );
    assert_eq!(
        check("fingerprint = \"10875a494c01\"\nuntil = \"2999-01-01\"").0,
        Outcome::Clean
    );

    let (outcome, out, _) = check("fingerprint = \"000000000000\"");
    assert_eq!(outcome, Outcome::Findings);
    assert!(out.contains("stale"), "{out}");
    let (outcome, out, _) = check("fingerprint = \"10875a494c01\"\nuntil = \"2020-01-01\"");
    assert_eq!(outcome, Outcome::Findings);
    assert!(out.contains("is over"), "{out}");
    let (outcome, _, err) = check("id = \"x\"");
    assert_eq!(outcome, Outcome::NotCompared);
    assert!(err.contains("needs a fingerprint"), "{err}");
    let (_, out, _) = check("fingerprint = \"10875a494c01\"");
    assert!(out.ends_with("\n1 accepted\n"), "{out}");
}

#[test]
fn what_is_wrong_with_accepted_changes_has_a_line_and_what_to_do() {
    let (directory, base, revision) = pair("acceptances");
    let good = "[[accepted]]\nfingerprint = \"10875a494c01\"\nreason = \"r\"\n";
    let run = |text: String| {
        let accepted = directory.write("accepted.toml", &text);
        directory.run(
            &[&base, &revision, "--accepted", &accepted],
            &Defaults::default(),
        )
    };
    for (entry, said) in [
        (
            "fingerprint = 12\nreason = \"r\"",
            "accepted.toml:6:15: invalid type: integer",
        ),
        (
            "fingerprint = \"a\"",
            "accepted.toml:5:1: missing field `reason`",
        ),
        (
            "fingerprint = \"a\"\nreason = \" \"",
            "accepted.toml:5:1: an accepted change needs a reason",
        ),
        (
            "finger = \"a\"\nreason = \"r\"",
            "accepted.toml:6:1: unknown field `finger`",
        ),
        (
            "fingerprint = \"a\"\nreason = \"r\"\nuntil = \"next month\"",
            "accepted.toml:5:1: `until` is `next month`; write a version such as 1.2.0, or a day",
        ),
        (
            "fingerprint = \"a\"\nreason = \"r\"\nuntil = 3",
            "`until` is `3`; write a version",
        ),
        (
            "id = \"[\"\npointer = \"a\"\nreason = \"r\"",
            "accepted.toml:5:1: error parsing glob",
        ),
    ] {
        let (outcome, _, err) = run(format!("{good}\n[[accepted]]\n{entry}\n"));
        assert_eq!(outcome, Outcome::NotCompared, "{entry}");
        assert!(err.contains(said), "{said}: {err}");
    }
    for until in ["2999-01-01", "\"2999-01-01\"", "\"0.1.0\""] {
        assert_eq!(
            run(format!("{good}until = {until}\n")).0,
            Outcome::Clean,
            "{until}"
        );
    }
    assert!(
        run(format!("{good}until = 2020-01-01\n"))
            .1
            .contains("is over")
    );
}

#[test]
fn the_version_must_tell_of_the_changes() {
    let (directory, base, revision) = pair("version");
    let (outcome, out, _) = directory.run(
        &[
            &base,
            &revision,
            "--check-version",
            "--fail-on",
            "none",
            "--format",
            "github",
        ],
        &Defaults::default(),
    );
    assert_eq!(outcome, Outcome::Findings);
    assert!(out.contains("info.version is 0.1.0"), "{out}");
    assert!(out.contains("at least 0.2.0"), "{out}");
    let text = std::fs::read_to_string(&revision)
        .unwrap()
        .replace("0.1.0", "0.2.0");
    let raised = directory.write("raised.yaml", &text);
    let arguments = [
        &base,
        &raised,
        "--check-version",
        "--fail-on",
        "none",
        "--format",
        "github",
    ];
    assert_eq!(
        directory.run(&arguments, &Defaults::default()).0,
        Outcome::Clean
    );
}

#[test]
fn without_arguments_the_newest_release_meets_the_working_tree() {
    let directory = Directory::new("defaults");
    directory.write("released/0.9.0.yaml", BASE);
    directory.write("released/0.10.0.yaml", &BASE.replace("200\n", "300\n"));
    directory.write("released/notes.yaml", "not a release");
    let revision = directory.write("api.yaml", BASE);
    let released = directory.path().join("released");
    let defaults = Defaults {
        released: Some(&released),
        revision: Some(Path::new(&revision)),
        ..Defaults::default()
    };
    let (outcome, out, _) = directory.run(&[], &defaults);
    assert_eq!(outcome, Outcome::Findings);
    assert!(out.contains("released/0.10.0.yaml:12:13"), "{out}");
}

#[test]
fn a_revision_can_come_from_git() {
    let directory = Directory::new("git");
    directory.write("api.yaml", BASE);
    let git = |arguments: &[&str]| {
        let status = std::process::Command::new("git")
            .current_dir(directory.path())
            .args(["-c", "user.name=t", "-c", "user.email=t@example.com"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(status.status.success(), "{status:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    directory.write("api.yaml", &BASE.replace("200\n", "100\n"));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_openapi-compat"))
        .current_dir(directory.path())
        .args([
            "diff",
            "git:HEAD:api.yaml",
            "api.yaml",
            "--format",
            "github",
        ])
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{out}");
    assert!(out.contains("file=api.yaml,line=12"), "{out}");
}
