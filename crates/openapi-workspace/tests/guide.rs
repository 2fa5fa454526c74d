//! The guide's chapter about the tool chain shows what the commands do.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const CHAPTER: &str = include_str!("../../../docs/src/tool-chain.md");

/// The first block of code in this language that contains `text`.
fn block(language: &str, text: &str) -> &'static str {
    CHAPTER
        .split(&format!("```{language}\n"))
        .skip(1)
        .map(|rest| &rest[..rest.find("```").unwrap()])
        .find(|block| block.contains(text))
        .unwrap()
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_openapi-workspace"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "80")
        .output()
        .unwrap()
}

#[test]
fn the_guides_document_becomes_the_workspace_that_it_lists_and_breaks_as_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("pets.yaml"), block("yaml", "openapi: 3.0.3")).unwrap();
    let made = run(
        folder,
        &["init", "pets-api", "--spec", "pets.yaml", "--no-round-trip"],
    );
    assert!(made.status.success(), "{made:?}");
    let root = folder.join("pets-api");

    // The table of paths: a row's first cell names one or two.
    let rows = CHAPTER.split("| path | what it is |").nth(1).unwrap();
    let rows = rows
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let mut paths = 0;
    for cell in rows.map(|row| row.split('|').nth(1).unwrap()) {
        for path in cell.split('`').skip(1).step_by(2) {
            // Written by the round trip, which this test leaves out.
            if path != "openapi/codegen-losses.toml" {
                assert!(root.join(path).exists(), "{path}");
                paths += 1;
            }
        }
    }
    assert!(paths >= 9, "{paths}");

    let contract = root.join("openapi/pets-api.yaml");
    let text = fs::read_to_string(&contract).unwrap();
    fs::write(&contract, text.replace("      required: [name]\n", "")).unwrap();
    let compared = run(&root, &["diff"]);
    assert_eq!(compared.status.code(), Some(1));
    let output = String::from_utf8(compared.stdout).unwrap();
    let shown = block("console", "breaking: GET");
    assert!(output.contains(shown.trim_end()), "{output}");
}
