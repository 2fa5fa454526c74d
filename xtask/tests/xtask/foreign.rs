//! Whatever the document is, every command comes to an end and says where something is wrong.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use tempfile::TempDir;

use super::mutate::{self, Change};
use super::repository::{Outcome, run_in};
use super::synthetic;

/// What every command promises.
#[track_caller]
fn assert_promises(command: &str, outcome: &Outcome) {
    let Outcome {
        code,
        stdout,
        stderr,
    } = outcome;
    let said = format!(
        "{command} ended with {code}:
{stdout}
{stderr}"
    );
    assert!(
        !stderr.contains("panicked") && !stdout.contains("panicked"),
        "{said}"
    );
    assert!([0, 1, 2].contains(code), "{said}");
    // Whatever keeps a command from its work has a place.
    let placed = |text: &str| {
        text.split("changed.json:")
            .skip(1)
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    assert!(
        *code == 0 || placed(stdout) || placed(stderr) || command == "diff",
        "{said}"
    );
    assert!(*code != 2 || placed(stdout) || placed(stderr), "{said}");
}

fn try_all(folder: &Path, base: &Value, changes: Vec<Change>) {
    let mut changed = base.clone();
    for change in changes {
        change.apply(&mut changed);
    }
    let write = |name: &str, value: &Value| {
        fs::write(
            folder.join(name),
            serde_json::to_string_pretty(value).unwrap(),
        )
        .unwrap();
    };
    write("base.json", base);
    write("changed.json", &changed);
    for (command, arguments) in [
        ("lint", &["--spec", "changed.json", "lint"][..]),
        (
            "regen",
            &["--spec", "changed.json", "regen", "--no-round-trip"],
        ),
        ("diff", &["diff", "base.json", "changed.json"]),
        ("diff", &["diff", "changed.json", "base.json"]),
    ] {
        assert_promises(command, &run_in(folder, arguments, &[]));
    }
}

fn any_changes_of(base: &Value, cases: u32) {
    let folder = TempDir::new().unwrap();
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let changes = proptest::collection::vec(mutate::any_change(), 0..4);
    // The same changes every time: a test that fails fails again.
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
        .run(&changes, |changes| {
            try_all(folder.path(), base, changes);
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_change_of_the_contract_ends_well() {
    let canonical = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/dingtalk-receipts.json");
    any_changes_of(
        &serde_json::from_str(&fs::read_to_string(canonical).unwrap()).unwrap(),
        16,
    );
}

#[test]
fn any_change_of_a_document_with_odd_names_ends_well() {
    any_changes_of(&synthetic::document(24), 16);
}

#[test]
fn a_large_document_is_judged_as_a_whole() {
    let folder = TempDir::new().unwrap();
    try_all(folder.path(), &synthetic::document(300), Vec::new());
}
