//! The script of the GitHub Action, run as the action runs it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const PETS: &str = include_str!("pets.yaml");

/// A repository with [`PETS`] committed.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), PETS).unwrap();
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "pets.yaml"]);
    git(folder.path(), &["commit", "--quiet", "--message", "pets"]);
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
    let status = Command::new("git")
        .args(identity)
        .args(arguments)
        .current_dir(folder)
        .status()
        .unwrap();
    assert!(status.success());
}

/// Runs the script: exit code, and what it printed.
fn guard(folder: &Path, environment: &[(&str, &str)]) -> (i32, String) {
    let output = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/guard.sh"))
        .current_dir(folder)
        .env("OPENAPI_WORKSPACE", env!("CARGO_BIN_EXE_openapi-workspace"))
        .env("BASE", "HEAD")
        .env("LINT_PROFILE", "minimal")
        .env_remove("GITHUB_STEP_SUMMARY")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let both = [&*output.stdout, &*output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(both).unwrap(),
    )
}

#[test]
fn a_document_without_changes_passes() {
    let folder = repository();
    let (code, said) = guard(folder.path(), &[("DOCUMENT", "pets.yaml")]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_break_fails_with_an_annotation_and_a_summary() {
    let folder = repository();
    let changed = PETS.replace("type: integer, format: int64", "type: string");
    fs::write(folder.path().join("pets.yaml"), changed).unwrap();
    let summary = folder.path().join("summary.md");
    let environment = [
        ("DOCUMENT", "pets.yaml"),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
    ];
    let (code, said) = guard(folder.path(), &environment);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("::error file=pets.yaml,line=21"), "{said}");
    let summary = fs::read_to_string(summary).unwrap();
    assert!(summary.contains("`age`"), "{summary}");

    let (code, said) = guard(
        folder.path(),
        &[("DOCUMENT", "pets.yaml"), ("FAIL_ON", "none")],
    );
    assert_eq!(code, 0, "{said}");
}

#[test]
fn what_the_linter_finds_fails_too() {
    let folder = repository();
    let changed = PETS.replace(
        "      operationId: getPet\n",
        "      operationIdd: getPet\n",
    );
    fs::write(folder.path().join("pets.yaml"), changed).unwrap();
    let environment = [("DOCUMENT", "pets.yaml"), ("FAIL_ON", "none")];
    let (code, said) = guard(folder.path(), &environment);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("title=unknown-keyword"), "{said}");
}

#[test]
fn a_new_document_has_nothing_to_be_compared_with() {
    let folder = repository();
    fs::write(folder.path().join("new.yaml"), PETS).unwrap();
    let (code, said) = guard(folder.path(), &[("DOCUMENT", "new.yaml")]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("new.yaml is new since HEAD"), "{said}");
}

#[test]
fn a_revision_that_is_not_there_is_told_of() {
    let folder = repository();
    let environment = [("DOCUMENT", "pets.yaml"), ("BASE", "none")];
    let (code, said) = guard(folder.path(), &environment);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("there is no revision none"), "{said}");
}

#[test]
fn a_missing_document_is_told_of() {
    let folder = repository();
    let (code, said) = guard(folder.path(), &[]);
    assert_ne!(code, 0, "{said}");
    assert!(said.contains("DOCUMENT"), "{said}");
}
