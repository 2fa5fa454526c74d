//! The command on folders of documents.

use openapi_compat::command::{Defaults, Outcome};
use serde_json::Value;

use crate::directory::Directory;

fn document(kind: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: 1.0.0}}\npaths:\n  /a:\n    get:\n      \
         parameters: [{{name: size, in: query, schema: {{$ref: 'types.yaml#/{kind}'}}}}]\n      \
         responses: {{'200': {{description: ok}}}}\n"
    )
}

const TYPES: &str = "Text: {type: string}\nNumber: {type: integer}\n";

/// Two folders: `pets` breaks, `shops` is as it was, and files that are no documents.
fn folders(name: &str) -> (Directory, String, String) {
    let directory = Directory::new(name);
    for (folder, pets) in [("old", "Text"), ("new", "Number")] {
        directory.write(&format!("{folder}/pets.yaml"), &document(pets));
        directory.write(&format!("{folder}/v1/shops.yml"), &document("Text"));
        directory.write(&format!("{folder}/types.yaml"), TYPES);
        directory.write(&format!("{folder}/v1/types.yaml"), TYPES);
        directory.write(&format!("{folder}/notes.json"), "[1, 2");
    }
    let folder = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let (old, new) = (folder("old"), folder("new"));
    (directory, old, new)
}

#[test]
fn documents_of_two_folders_are_compared_by_their_paths() {
    let (directory, old, new) = folders("folders");
    let (outcome, out, err) = directory.run(&[&old, &new], &Defaults::default());
    assert_eq!((outcome.code(), err.as_str()), (1, ""));
    assert!(
        out.starts_with("== pets.yaml\n\nbreaking: GET /a\n"),
        "{out}"
    );
    assert!(
        out.ends_with("1 breaking, 1 sdk\n\n== v1/shops.yml\n\nno changes\n\n"),
        "{out}"
    );
    let (outcome, ..) = directory.run(&[&old, &old], &Defaults::default());
    assert_eq!(outcome, Outcome::Clean);
}

#[test]
fn a_document_that_is_gone_breaks_and_a_new_one_does_not() {
    let (directory, old, new) = folders("folders-gone");
    std::fs::remove_file(directory.path().join("new/pets.yaml")).unwrap();
    let (outcome, out, _) = directory.run(&[&old, &new], &Defaults::default());
    assert_eq!(outcome, Outcome::Findings);
    assert!(out.ends_with("pets.yaml: the document is gone\n"), "{out}");
    let (outcome, out, _) = directory.run(&[&new, &old], &Defaults::default());
    assert_eq!(outcome, Outcome::Clean);
    assert!(out.ends_with("pets.yaml: the document is new\n"), "{out}");
    for (format, said) in [
        ("markdown", "- pets.yaml: the document is gone\n"),
        ("changelog", "- pets.yaml: the document is gone\n"),
        ("github", "::error::pets.yaml: the document is gone\n"),
        ("json", "\"gone\": [\n    \"pets.yaml\"\n  ]"),
        ("junit", "message=\"pets.yaml: the document is gone\""),
        ("sarif", "\"text\": \"pets.yaml: the document is gone\""),
        ("html", "<strong>pets.yaml: the document is gone</strong>"),
    ] {
        let (_, out, _) = directory.run(&[&old, &new, "--format", format], &Defaults::default());
        assert!(out.contains(said), "{format}: {out}");
    }
}

#[test]
fn every_format_has_all_documents_in_one_file() {
    let (directory, old, new) = folders("folders-formats");
    let run = |format: &str| {
        directory
            .run(&[&old, &new, "--format", format], &Defaults::default())
            .1
    };
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["documents"]["pets.yaml"]["verdict"], "breaking");
    assert_eq!(json["documents"]["v1/shops.yml"]["verdict"], "none");
    let sarif: Value = serde_json::from_str(&run("sarif")).unwrap();
    assert_eq!(sarif["runs"].as_array().unwrap().len(), 2);
    let junit = run("junit");
    assert_eq!(junit.matches("<testsuite name=").count(), 2);
    assert_eq!(junit.matches("<testsuites>").count(), 1);
    let html = run("html");
    assert_eq!(
        (html.matches("<html").count(), html.matches("<h1>").count()),
        (1, 3)
    );
    assert_eq!(
        run("github").matches("::error file=new/types.yaml").count(),
        1
    );
}

#[test]
fn an_acceptance_is_stale_only_if_no_document_needs_it() {
    let (directory, old, new) = folders("folders-accepted");
    let entry =
        |id: &str| format!("[[accepted]]\nid = \"{id}\"\npointer = \"/**\"\nreason = \"r\"\n");
    let used = directory.write("used.toml", &entry("request-parameter-*"));
    let (outcome, out, _) = directory.run(&[&old, &new, "--accepted", &used], &Defaults::default());
    assert_eq!(outcome, Outcome::Clean, "{out}");
    let stale = directory.write(
        "stale.toml",
        &(entry("request-parameter-*") + &entry("x-*")),
    );
    let (outcome, out, _) =
        directory.run(&[&old, &new, "--accepted", &stale], &Defaults::default());
    assert_eq!(outcome, Outcome::Findings);
    assert_eq!(out.matches("is stale").count(), 1, "{out}");
}

#[test]
fn a_folder_without_documents_is_an_error() {
    let (directory, old, _) = folders("folders-empty");
    directory.write("empty/types.yaml", TYPES);
    let empty = directory.path().join("empty").to_str().unwrap().to_owned();
    let (outcome, _, err) = directory.run(&[&old, &empty], &Defaults::default());
    assert_eq!(outcome, Outcome::NotCompared);
    assert!(
        err.contains("empty: there is no OpenAPI document below this folder"),
        "{err}"
    );
}
