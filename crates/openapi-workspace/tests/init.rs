//! A new workspace: what is written, what is refused, and that it builds and guards.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A document that has what most have: operations, components, a server, a version.
const PETS: &str = include_str!("pets.yaml");

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), PETS).unwrap();
    folder
}

/// Runs the command in a folder: exit code, and both outputs.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_openapi-workspace"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    (output.status.code().unwrap(), text(&output))
}

fn text(output: &Output) -> String {
    let both = [&*output.stdout, &*output.stderr].concat();
    String::from_utf8(both).unwrap()
}

/// A workspace around [`PETS`], without the losses that only a build finds.
fn init(folder: &Path) -> PathBuf {
    let (code, said) = run(
        folder,
        &["init", "pets-api", "--spec", "pets.yaml", "--no-round-trip"],
    );
    assert_eq!(code, 0, "{said}");
    folder.join("pets-api")
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from:?} is not in {text}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn what_derives_from_the_contract_is_fresh() {
    let folder = folder();
    let root = init(folder.path());
    let contract = fs::read_to_string(root.join("openapi/pets-api.yaml")).unwrap();
    assert_eq!(contract, PETS);
    let carried = root.join("crates/pets-api-bindings/openapi/pets-api.yaml");
    assert_eq!(fs::read_to_string(carried).unwrap(), PETS);
    let (code, said) = run(&root, &["regen", "--check", "--no-round-trip"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn tasks_work_from_any_folder_of_it() {
    let folder = folder();
    let root = init(folder.path());
    let inside = root.join("crates/pets-api/src");
    for arguments in [
        &["lint", "--profile", "minimal"][..],
        &["diff"],
        &["regen", "--check", "--no-round-trip"],
    ] {
        let (code, said) = run(&inside, arguments);
        assert_eq!(code, 0, "{arguments:?}: {said}");
    }
}

#[test]
fn a_breaking_edit_is_found() {
    let folder = folder();
    let root = init(folder.path());
    edit(
        &root.join("openapi/pets-api.yaml"),
        "age: { type: integer, format: int64 }",
        "age: { type: string }",
    );
    let (code, said) = run(&root, &["diff"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("openapi/pets-api.yaml:21:16"), "{said}");
    let (code, said) = run(&root, &["regen", "--check", "--no-round-trip"]);
    assert_eq!(code, 4, "{said}");
}

#[test]
fn nothing_is_written_that_would_not_build() {
    let folder = folder();
    edit(
        &folder.path().join("pets.yaml"),
        "{ type: string } }",
        "{ type: strin } }",
    );
    let (code, said) = run(folder.path(), &["init", "pets-api", "--spec", "pets.yaml"]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("pets.yaml:9:") && said.contains("nothing was written"),
        "{said}"
    );
    assert!(!folder.path().join("pets-api").exists());
}

/// A parameter that no style can write.
const DEEP: &str = "- { name: deep, in: query, schema: { type: array, items: { type: array, items: { type: string } } } }";

#[test]
fn what_is_left_out_is_listed_and_the_build_leaves_it_out_too() {
    let folder = folder();
    let id = "- { name: id, in: path, required: true, schema: { type: string } }";
    edit(
        &folder.path().join("pets.yaml"),
        id,
        &format!("{id}\n        {DEEP}"),
    );
    let arguments = ["init", "pets-api", "--spec", "pets.yaml", "--no-round-trip"];
    let (code, said) = run(folder.path(), &arguments);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("`deep`") && said.contains("nothing was written"),
        "{said}"
    );

    let (code, said) = run(folder.path(), &[&arguments[..], &["--lenient"]].concat());
    assert_eq!(code, 0, "{said}");
    let root = folder.path().join("pets-api");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    assert_eq!(
        read("crates/pets-api-bindings/build.rs"),
        "fn main() -> std::process::ExitCode {\n    openapi_codegen::BuildScript::new(\"openapi/pets-api.yaml\")\n        .lenient()\n        .run()\n}\n"
    );
    assert!(read("openapi/left-out.txt").contains("the parameter is left out"));
    let (code, said) = run(&root, &["regen", "--check", "--no-round-trip"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn what_is_in_other_files_is_refused_and_never_left_out() {
    let folder = folder();
    edit(
        &folder.path().join("pets.yaml"),
        "{ type: integer, format: int64 }",
        "{ $ref: 'age.yaml' }",
    );
    fs::write(folder.path().join("age.yaml"), "type: integer\n").unwrap();
    for more in [&[][..], &["--lenient"]] {
        let arguments = [&["init", "pets-api", "--spec", "pets.yaml"], more].concat();
        let (code, said) = run(folder.path(), &arguments);
        assert_eq!(code, 1, "{said}");
        assert!(
            said.contains("`age.yaml` is in another document") && said.contains("bundle"),
            "{said}"
        );
        assert!(said.contains("pets.yaml:21:"), "{said}");
        assert!(!folder.path().join("pets-api").exists());
    }
}

#[test]
fn a_folder_that_has_files_is_left_alone() {
    let folder = folder();
    fs::create_dir(folder.path().join("pets-api")).unwrap();
    fs::write(folder.path().join("pets-api/mine"), "mine").unwrap();
    let (code, said) = run(folder.path(), &["init", "pets-api", "--spec", "pets.yaml"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("is not empty"), "{said}");
}

#[test]
fn names_that_no_package_can_have_are_refused() {
    let folder = folder();
    for name in [
        "Pets", "9pets", "pets_api", "pets-", "async", "test", "ä", ".",
    ] {
        let (code, said) = run(folder.path(), &["init", name, "--spec", "pets.yaml"]);
        assert_eq!(code, 2, "{name}: {said}");
    }
    let (code, said) = run(folder.path(), &["init", "pets-api"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("--spec"), "{said}");
}

#[test]
fn a_version_that_is_none_leads_to_no_other_place() {
    let folder = folder();
    edit(
        &folder.path().join("pets.yaml"),
        "version: 1.2.0",
        "version: ../../../outside",
    );
    let root = init(folder.path());
    assert!(root.join("openapi/released/0.1.0.yaml").is_file());
}

#[test]
fn several_documents_are_told_apart_by_name() {
    let folder = folder();
    let root = init(folder.path());
    fs::write(root.join("openapi/other.yaml"), PETS).unwrap();
    let (code, said) = run(&root, &["lint"]);
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("openapi/other.yaml, openapi/pets-api.yaml"),
        "{said}"
    );
}

#[test]
#[ignore = "builds a workspace; the step `init` of `cargo xtask ci` runs it"]
fn it_builds_and_its_guards_pass() {
    let folder = folder();
    let (code, said) = run(folder.path(), &["init", "pets-api", "--spec", "pets.yaml"]);
    assert_eq!(code, 0, "{said}");
    let root = folder.path().join("pets-api");
    let ci = || {
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["xtask", "ci", "--skip", "doc"])
            .current_dir(&root)
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join(".."),
            )
            .output()
            .unwrap();
        (output.status.success(), text(&output))
    };
    let (passed, said) = ci();
    assert!(passed, "{said}");

    edit(
        &root.join("openapi/pets-api.yaml"),
        "required: [name]",
        "required: []",
    );
    let (passed, said) = ci();
    assert!(!passed, "{said}");
    assert!(
        said.contains("FAILED  diff") && said.contains("FAILED  regen"),
        "{said}"
    );
}
