//! `round-trip`: from the generated Rust types back to the document. What gets lost must be known, and why.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use openapi_codegen::{Bindings, Generator};
use openapi_document::Source;
use openapi_lint::Finding;
use serde::Deserialize;

use crate::commands::regen::generate;
use crate::error::{Error, Exit};
use crate::finding;
use crate::losses::Known;
use crate::output::{GOOD, Output};
use crate::step::cargo_path;
use crate::tools::dependency;
use crate::workspace::Workspace;

/// What `round-trip` found.
#[derive(Debug, Deserialize)]
struct Loss {
    pointer: String,
    keyword: String,
    message: String,
}

pub(crate) fn run(workspace: &Workspace, out: &mut Output<'_>) -> Result<Exit, Error> {
    match generate(workspace, out)? {
        Some((source, _)) => judge(&source, workspace, out),
        None => Ok(Exit::Findings),
    }
}

/// Runs the round trip of a document that code can be generated from, and judges what gets lost.
pub(crate) fn judge(
    source: &Source,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let file = workspace.losses();
    let name = workspace.name(&file);
    let known = Known::read(&file, &name)?;
    let bindings = Generator::new(source)
        .json_schema(true)
        .generate()
        .map_err(|error| Error::findings(error.report()))?;
    let losses = losses(&bindings, workspace)?;
    let is_known = |loss: &&Loss| known.covers(&loss.pointer, &loss.keyword);
    let found: Vec<_> = losses
        .iter()
        .filter(|loss| !is_known(loss))
        .map(|loss| {
            let message = format!(
                "the generated types lose `{}`: {}",
                loss.keyword, loss.message
            );
            let help = format!(
                "say it in a way that the generator keeps, or list it in {name} with the reason"
            );
            Finding::new("round-trip", &loss.pointer, message, help)
        })
        .collect();
    finding::write_all(&found, source, out)?;
    let no_longer = known.unused(losses.iter().map(|loss| (&*loss.pointer, &*loss.keyword)));
    for (location, pointer, keyword) in &no_longer {
        let message = format!("`{keyword}` at #{pointer} no longer gets lost; take the entry out");
        finding::write_plain("round-trip", &name, *location, &message, out)?;
    }
    if found.is_empty() && no_longer.is_empty() {
        writeln!(
            out,
            "{GOOD}round trip{GOOD:#}: {} known losses, no other",
            losses.len()
        )?;
        return Ok(Exit::Success);
    }
    Ok(Exit::Findings)
}

/// Builds the types of the document in a package of their own, and runs it.
fn losses(bindings: &Bindings, workspace: &Workspace) -> Result<Vec<Loss>, Error> {
    let document = workspace.document();
    let document = fs::canonicalize(&document)
        .map_err(|error| Error::usage(format!("{}: {error}", document.display())))?;
    let target = workspace.target();
    let folder = target.join("openapi-workspace/round-trip");
    write_package(&folder, bindings, workspace)
        .map_err(|error| Error::usage(format!("{}: {error}", folder.display())))?;
    let output = Command::new(cargo_path())
        .args(["run", "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .arg("--")
        .arg(&document)
        .output()
        .map_err(|error| Error::usage(format!("cannot run cargo: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Error::findings(format!(
            "the generated types cannot be built or run:\n{said}"
        )));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Error::usage(format!("the round trip said something unexpected: {error}")))
}

/// Writes the package. Files that are there already keep their times, so that nothing is built twice.
fn write_package(folder: &Path, bindings: &Bindings, workspace: &Workspace) -> io::Result<()> {
    let dependencies = [
        dependency("openapi-round-trip", &[]),
        dependency("openapi-runtime", &["schemars"]),
    ];
    let manifest = format!(
        "[package]\nname = \"round-trip\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\n\n[dependencies]\n{}\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n",
        dependencies.concat()
    );
    let types: String = bindings
        .schemas()
        .iter()
        .map(|named| {
            format!(
                "        GeneratedType::of::<bindings::{}>({:?}),\n",
                named.path, named.schema
            )
        })
        .collect();
    let program = format!(
        "#[allow(warnings, clippy::all)]\nmod bindings;\n\nuse openapi_round_trip::GeneratedType;\n\n\
         fn main() -> std::process::ExitCode {{\n    openapi_round_trip::main(&[\n{types}    ])\n}}\n"
    );
    fs::create_dir_all(folder.join("src"))?;
    write_changed(&folder.join("Cargo.toml"), &manifest)?;
    write_changed(&folder.join("src/main.rs"), &program)?;
    write_changed(&folder.join("src/bindings.rs"), &bindings.source())?;
    // The versions that the project is built with, as far as it has them.
    let lock = folder.join("Cargo.lock");
    if !lock.exists()
        && let Ok(text) = fs::read_to_string(workspace.root().join("Cargo.lock"))
    {
        fs::write(lock, text)?;
    }
    Ok(())
}

fn write_changed(path: &Path, text: &str) -> io::Result<()> {
    match fs::read_to_string(path) {
        Ok(found) if found == text => Ok(()),
        _ => fs::write(path, text),
    }
}
