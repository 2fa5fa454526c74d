//! `round-trip`: from the generated Rust types back to the document. What gets lost must be known, and why.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_document::Source;
use openapi_lint::Finding;
use serde::Deserialize;

use crate::commands::regen::generate;
use crate::exit::{Exit, Stop};
use crate::finding;
use crate::losses::Known;
use crate::output::{GOOD, Output};
use crate::workspace::Workspace;

/// What `round-trip` found.
#[derive(Debug, Deserialize)]
struct Loss {
    pointer: String,
    keyword: String,
    message: String,
}

pub(crate) fn run(workspace: &Workspace, out: &mut Output<'_>) -> Result<Exit, Stop> {
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
) -> Result<Exit, Stop> {
    let file = workspace.losses();
    let name = workspace.name(&file);
    let known = Known::read(&file, &name)?;
    let losses = losses(&workspace.document())?;
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
        return Ok(Exit::Fine);
    }
    Ok(Exit::Findings)
}

/// Builds the types of the document, and asks them.
fn losses(document: &Path) -> Result<Vec<Loss>, Stop> {
    let document = std::fs::canonicalize(document)
        .map_err(|error| Stop::usage(format!("{}: {error}", document.display())))?;
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: PathBuf = home.join("round-trip/Cargo.toml");
    let own = home.join("../openapi/dingtalk-receipts.yaml");
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["run", "--quiet", "--manifest-path"])
        .arg(&manifest)
        .arg("--")
        .arg(&document);
    // The contract of this repository is what the types are built from anyway.
    if std::fs::canonicalize(own).is_ok_and(|own| own == document) {
        command.env_remove("ROUND_TRIP_SPEC");
    } else {
        command.env("ROUND_TRIP_SPEC", &document);
    }
    let output = command
        .output()
        .map_err(|error| Stop::usage(format!("cannot run cargo: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Stop::findings(format!(
            "the generated types cannot be built or run:\n{said}"
        )));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Stop::usage(format!("the round trip said something unexpected: {error}")))
}
