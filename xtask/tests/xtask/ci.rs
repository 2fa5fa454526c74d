//! Steps are chosen, timed, and all failures are reported at the end.

use super::repository::{CONTRACT, Repository, golden};

/// The output with the times taken out.
fn without_times(text: &str) -> String {
    text.lines()
        .map(|line| match line.rsplit_once("  ") {
            Some((before, after)) if after.trim_start().ends_with(" s") => {
                before.trim_end().to_owned()
            }
            _ => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n")
        + "\n"
}

#[test]
fn the_steps_are_listed() {
    let outcome = Repository::new().run(&["ci", "--list"]);
    assert_eq!(outcome.code, 0);
    golden("ci-list.txt", &outcome.stdout);
}

#[test]
fn a_step_that_is_not_there_is_wrong_usage() {
    let outcome = Repository::new().run(&["ci", "--only", "lint,nope"]);
    assert_eq!(outcome.code, 2);
    assert!(
        outcome
            .stderr
            .contains("there is no step `nope`; the steps are format, lint"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn all_failures_are_reported_at_the_end() {
    let repository = Repository::new();
    repository.edit(
        CONTRACT,
        "      operationId: createAppAccessToken\n      tags: [access-token]\n",
        "      operationId: createAppAccessToken\n",
    );
    repository.edit(CONTRACT, "maximum: 200", "maximum: 201");
    let outcome = repository.run(&["ci", "--only", "lint,diff"]);
    assert_eq!(outcome.code, 1);
    golden("ci-failed.txt", &without_times(&outcome.stdout));
    let github = repository.run(&["ci", "--only", "lint", "--format", "github"]);
    assert_eq!(github.code, 1);
    golden("ci-failed.github.txt", &without_times(&github.stdout));
}

#[test]
fn steps_that_pass_are_said_to_pass() {
    let repository = Repository::new();
    let outcome = repository.run(&["ci", "--only", "lint,diff"]);
    assert_eq!(outcome.code, 0);
    golden("ci-passed.txt", &without_times(&outcome.stdout));
}

/// Two crates that are published, the second using the first, and one that is not.
fn with_crates(repository: &Repository) {
    let manifest = |name: &str, more: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\ndescription = \"d\"\nlicense = \"MIT\"\n\
             repository = \"https://example.org\"\n{more}"
        )
    };
    repository.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"base\", \"user\", \"own\"]\n",
    );
    repository.write(
        "base/Cargo.toml",
        &manifest("base-of-test", "[features]\nmore = []\n"),
    );
    repository.write(
        "base/src/lib.rs",
        "pub const TEXT: &str = include_str!(\"text.txt\");\n#[cfg(feature = \"more\")]\npub const MORE: u8 = 1;\n",
    );
    repository.write("base/src/text.txt", "text");
    let dependency = "[dependencies]\nbase-of-test = { version = \"0.1.0\", path = \"../base\" }\n";
    repository.write("user/Cargo.toml", &manifest("user-of-test", dependency));
    repository.write("user/src/lib.rs", "pub use base_of_test::TEXT;\n");
    let private = format!(
        "publish = false\n{}",
        dependency.replace(" }", ", features = [\"more\"] }")
    );
    repository.write("own/Cargo.toml", &manifest("own-of-test", &private));
    repository.write("own/src/lib.rs", "pub use base_of_test::MORE;\n");
    repository.write(".gitignore", "target\n");
    repository.commit();
}

#[test]
fn packages_are_built_from_nothing_but_themselves() {
    let repository = Repository::new();
    with_crates(&repository);
    // The crates need no registry, and are built where nobody else builds.
    let environment = [
        ("CARGO_NET_OFFLINE", "true"),
        ("CARGO_TARGET_DIR", "target"),
    ];
    let package = || repository.run_with(&["ci", "--only", "package"], &environment);
    let fine = package();
    assert_eq!(fine.code, 0, "{}{}", fine.stdout, fine.stderr);
    assert!(!fine.stdout.contains("own-of-test"), "{}", fine.stdout);

    // The file is there in the workspace, and not in the package.
    repository.edit("base/src/lib.rs", "text.txt", "../../text.txt");
    repository.write("text.txt", "text");
    let outside = package();
    assert_eq!(outside.code, 1, "{}", outside.stdout);
    assert!(
        outside.stdout.contains("../../text.txt"),
        "{}",
        outside.stdout
    );
    repository.edit("base/src/lib.rs", "../../text.txt", "text.txt");

    // The workspace turns the feature on, and who uses the package alone does not.
    repository.edit("user/src/lib.rs", "TEXT", "MORE");
    let feature = package();
    assert_eq!(feature.code, 1, "{}", feature.stdout);
    assert!(feature.stdout.contains("MORE"), "{}", feature.stdout);
}
