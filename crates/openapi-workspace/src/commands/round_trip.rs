//! `round-trip`: from the generated Rust types back to the document. What gets lost must be known, and why.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use crate::cli::Shared;
use crate::commands::regen::{generate, is_lenient};
use crate::error::{Error, Exit};
use crate::finding;
use crate::losses::{Known, Loss, kinds};
use crate::output::{GOOD, Output};
use crate::step::cargo_path;
use crate::tools::dependency;
use crate::workspace::Workspace;
use openapi_codegen::{Bindings, Generator};
use openapi_document::Source;
use openapi_lint::Finding;

/// How many places of one kind of loss are shown.
const SHOWN: usize = 3;

/// The arguments of `round-trip`.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,

    /// Add what gets lost now to the list of known losses.
    #[arg(long)]
    accept_losses: bool,
}

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let Some((source, _)) = generate(workspace, out)? else {
        return Ok(Exit::Findings);
    };
    if arguments.accept_losses {
        accept(&source, workspace, out)
    } else {
        judge(&source, workspace, out)
    }
}

/// Runs the round trip of a document that code can be generated from, and judges what gets lost.
pub(crate) fn judge(
    source: &Source,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let (known, losses, name) = compare(source, workspace)?;
    let count = losses.len();
    let no_longer = known.unused(&losses);
    for (location, pointer, keyword) in &no_longer {
        let message = format!("`{keyword}` at #{pointer} no longer gets lost; take the entry out");
        finding::write_plain("round-trip", &name, *location, &message, out)?;
    }
    let unknown: Vec<_> = losses
        .into_iter()
        .filter(|loss| !known.covers(loss))
        .collect();
    let mut shown = Vec::new();
    for ((keyword, message), kind) in kinds(&unknown) {
        for (index, loss) in kind.iter().take(SHOWN).enumerate() {
            let more = match kind.len().saturating_sub(SHOWN) {
                0 => String::new(),
                _ if index > 0 => String::new(),
                more => format!(" (and at {more} more places like the next {})", SHOWN - 1),
            };
            let message = format!("the generated types lose `{keyword}`: {message}{more}");
            let help = format!(
                "say it in a way that the generator keeps, or list it in {name} with the reason"
            );
            shown.push(Finding::new("round-trip", &loss.pointer, message, help));
        }
    }
    finding::write_all(&shown, source, out)?;
    if !unknown.is_empty() {
        let command = workspace.project().command;
        writeln!(
            out,
            "{} losses of {} kinds are not listed; `{command} round-trip --accept-losses` lists them",
            unknown.len(),
            kinds(&unknown).len()
        )?;
        return Ok(Exit::Findings);
    }
    if !no_longer.is_empty() {
        return Ok(Exit::Findings);
    }
    writeln!(
        out,
        "{GOOD}round trip{GOOD:#}: {count} known losses, no other"
    )?;
    Ok(Exit::Success)
}

/// Adds what gets lost now to the list of known losses.
pub(crate) fn accept(
    source: &Source,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let (known, mut losses, name) = compare(source, workspace)?;
    losses.retain(|loss| !known.covers(loss));
    if losses.is_empty() {
        writeln!(
            out,
            "{GOOD}round trip{GOOD:#}: no losses that are not listed"
        )?;
        return Ok(Exit::Success);
    }
    let path = workspace.losses();
    fs::write(&path, known.with(&losses))
        .map_err(|error| Error::usage(format!("cannot write {name}: {error}")))?;
    writeln!(
        out,
        "{GOOD}wrote{GOOD:#} {name}: {} losses of {} kinds, to be reviewed",
        losses.len(),
        kinds(&losses).len()
    )?;
    Ok(Exit::Success)
}

/// The known losses, those that happen, and the name of the list.
fn compare(source: &Source, workspace: &Workspace) -> Result<(Known, Vec<Loss>, String), Error> {
    let file = workspace.losses();
    let name = workspace.name(&file);
    let known = Known::read(&file, &name)?;
    let bindings = Generator::new(source)
        .json_schema(true)
        .lenient(is_lenient(workspace))
        .generate()
        .map_err(|error| Error::findings(error.report()))?;
    let losses = losses(&bindings, workspace)?;
    Ok((known, losses, name))
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
