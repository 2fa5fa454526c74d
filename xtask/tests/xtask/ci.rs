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
        "      summary: Get the access token of an internal app\n",
        "",
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
