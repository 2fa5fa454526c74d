//! What derives from the contract: written whole, shown when stale, left alone when fresh.

use std::fs;

use super::repository::{CONTRACT, Repository, golden};

const CHECK: [&str; 3] = ["regen", "--check", "--no-round-trip"];
const WRITE: [&str; 2] = ["regen", "--no-round-trip"];

#[test]
fn a_bare_call_lists_the_commands() {
    let outcome = Repository::new().run(&[]);
    assert_eq!(outcome.code, 0);
    golden("help.txt", &outcome.stdout);
}

#[test]
fn wrong_usage_exits_with_2() {
    let repository = Repository::new();
    assert_eq!(repository.run(&["regen", "--nope"]).code, 2);
    assert_eq!(repository.run(&["nope"]).code, 2);
    let elsewhere = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("lint")
        .current_dir(elsewhere.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("is not in a project with a contract")
    );
}

#[test]
fn this_repository_is_fresh() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(CHECK)
        .current_dir(root)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn what_is_fresh_is_not_touched() {
    let repository = Repository::new();
    let modified = || {
        let meta = fs::metadata(repository.path("openapi/bindings.rs")).unwrap();
        meta.modified().unwrap()
    };
    let before = modified();
    assert_eq!(repository.run(&CHECK).code, 0);
    let outcome = repository.run(&WRITE);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (0, ""));
    assert_eq!(modified(), before);
    assert_eq!(repository.changed(), Vec::<String>::new());
}

#[test]
fn a_stale_artefact_is_shown_and_then_written() {
    let repository = Repository::new();
    repository.edit(CONTRACT, "maximum: 200", "maximum: 100");
    repository.edit(CONTRACT, "      example: 200", "      example: 100");
    repository.edit(CONTRACT, "maxResults: 200", "maxResults: 100");
    let check = repository.run(&CHECK);
    assert_eq!(check.code, 4);
    golden("stale.txt", &check.stdout);
    let coloured = repository.run(&["--color", "always", "regen", "--check", "--no-round-trip"]);
    golden("stale.ansi", &coloured.stdout);
    assert_eq!(repository.changed(), [CONTRACT], "a check writes nothing");

    assert_eq!(repository.run(&WRITE).code, 0);
    assert_eq!(repository.run(&CHECK).code, 0);
    assert!(
        repository
            .read("openapi/bindings.rs")
            .contains("pub const MAX: i64 = 100;")
    );
}

#[test]
fn an_artefact_that_was_edited_by_hand_is_found_and_mended() {
    let repository = Repository::new();
    repository.edit(
        "openapi/bindings.rs",
        "pub struct ReadUser {",
        "pub struct ReadUser2 {",
    );
    let check = repository.run(&CHECK);
    assert_eq!(check.code, 4);
    golden("hand-edited.txt", &check.stdout);
    assert_eq!(repository.run(&WRITE).code, 0);
    assert_eq!(repository.changed(), Vec::<String>::new());
}

#[test]
fn an_artefact_that_is_gone_is_written_again() {
    let repository = Repository::new();
    let link = "crates/dingtalk-receipts-api/openapi/dingtalk-receipts.yaml";
    for file in ["openapi/dingtalk-receipts.json", link] {
        fs::remove_file(repository.path(file)).unwrap();
        assert_eq!(repository.run(&CHECK).code, 4, "{file}");
        assert_eq!(repository.run(&WRITE).code, 0, "{file}");
        assert_eq!(repository.changed(), Vec::<String>::new(), "{file}");
    }
    assert_eq!(repository.read(link), repository.read(CONTRACT));
}

#[test]
fn broken_yaml_is_told_with_its_place() {
    let repository = Repository::new();
    repository.edit(
        CONTRACT,
        "      required: [processQueryKey]",
        "      required: [processQueryKey",
    );
    let outcome = repository.run(&CHECK);
    assert_eq!(outcome.code, 1);
    golden("broken.txt", &outcome.stdout);
    let github = repository.run(&["regen", "--check", "--no-round-trip", "--format", "github"]);
    golden("broken.github.txt", &github.stdout);
}

#[test]
fn what_cannot_be_generated_is_told_with_place_and_help() {
    let repository = Repository::new();
    repository.edit(CONTRACT, "minimum: 1\n", "minimum: 1000\n");
    repository.edit(
        CONTRACT,
        "$ref: '#/components/schemas/SendStatus'",
        "$ref: '#/components/schemas/SendStatsu'",
    );
    let outcome = repository.run(&CHECK);
    assert_eq!(outcome.code, 1);
    golden("impossible.txt", &outcome.stdout);
    let coloured = repository.run(&["--color=always", "regen", "--check", "--no-round-trip"]);
    golden("impossible.ansi", &coloured.stdout);
    let github = repository.run(&["regen", "--check", "--no-round-trip", "--format=github"]);
    golden("impossible.github.txt", &github.stdout);
}

#[test]
fn a_document_of_anybodys_gets_its_artefacts_beside_it() {
    let repository = Repository::new();
    repository.write(
        "pets.yaml",
        "openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { '204': { description: none } }
",
    );
    assert_eq!(
        repository
            .run(&["--spec", "pets.yaml", "regen", "--no-round-trip"])
            .code,
        0
    );
    assert_eq!(
        repository.changed(),
        ["pets.bindings.rs", "pets.json", "pets.yaml"]
    );
    assert!(
        repository
            .read("pets.bindings.rs")
            .contains("pub async fn list_pets")
    );
    assert_eq!(
        repository
            .run(&["--spec", "pets.yaml", "regen", "--no-round-trip", "--check"])
            .code,
        0
    );
}
