//! `regen`: writes what derives from the contract, or checks that it is what would be written.

use std::io::Write;

use openapi_codegen::{Bindings, Generator};
use openapi_document::{Location, Source};
use openapi_lint::Finding;

use crate::artifact::{self, Link};
use crate::cli::{Format, Shared};
use crate::commands::round_trip;
use crate::error::{Error, Exit};
use crate::finding;
use crate::output::{BAD, FAINT, GOOD, Output, STRONG};
use crate::workspace::Workspace;

/// The arguments of `regen`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,

    /// Write nothing; show what would be written, and exit with 4 if it is anything.
    #[arg(long)]
    check: bool,

    /// Leave out the round trip through the Rust types, which has to build them.
    #[arg(long)]
    no_round_trip: bool,
}

impl Arguments {
    /// Everything that needs no build.
    pub(crate) fn write_only() -> Self {
        Self {
            shared: Shared::default(),
            check: false,
            no_round_trip: true,
        }
    }

    /// What a guard asks for.
    pub(crate) fn check() -> Self {
        Self {
            shared: Shared::default(),
            check: true,
            no_round_trip: false,
        }
    }
}

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let Some((source, bindings)) = generate(workspace, out)? else {
        return Ok(Exit::Findings);
    };
    let mut exit = Exit::Success;
    for file in artifact::files(&source, &bindings, workspace)?
        .iter()
        .filter(|file| !file.is_fresh())
    {
        let name = workspace.name(&file.path);
        if arguments.check {
            stale(&name, workspace, out)?;
            file.write_diff(&name, out)?;
            exit = Exit::Stale;
        } else {
            file.write()?;
            writeln!(out, "{GOOD}wrote{GOOD:#} {name}")?;
        }
    }
    for path in workspace.links() {
        let link = Link::new(path, workspace.document());
        let name = workspace.name(&link.path);
        if link.is_fresh() {
            continue;
        }
        if arguments.check {
            stale(&name, workspace, out)?;
            exit = Exit::Stale;
        } else {
            link.write()?;
            writeln!(out, "{GOOD}linked{GOOD:#} {name}")?;
        }
    }
    if exit == Exit::Stale {
        writeln!(out, "mend it with: {} regen", workspace.project().command)?;
    }
    if arguments.no_round_trip {
        return Ok(exit);
    }
    Ok(exit.max(round_trip::judge(&source, workspace, out)?))
}

fn stale(name: &str, workspace: &Workspace, out: &mut Output<'_>) -> Result<(), Error> {
    match out.format {
        Format::Human => writeln!(
            out,
            "{BAD}stale{BAD:#}: {name} is not what the contract gives"
        )?,
        Format::Github => {
            let command = &workspace.project().command;
            let message = format!("not what the contract gives; run `{command} regen`");
            finding::annotate("error", name.as_ref(), None, "stale", &message, out)?;
        }
    }
    Ok(())
}

/// The document and what is generated from it; what stands in the way is written, and `None`.
pub(crate) fn generate(
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Option<(Source, Bindings)>, Error> {
    let source = match workspace.read() {
        Ok(source) => source,
        Err(error) => {
            unreadable(&error, out)?;
            return Ok(None);
        }
    };
    match Generator::new(&source).generate() {
        Ok(bindings) => Ok(Some((source, bindings))),
        Err(error) => {
            finding::write_all(&Finding::of_generator(&error), &source, out)?;
            Ok(None)
        }
    }
}

/// Says that a document cannot be read at all.
pub(crate) fn unreadable(
    error: &openapi_document::SourceError,
    out: &mut Output<'_>,
) -> Result<(), Error> {
    let help = error.help().unwrap_or("correct the text there");
    match out.format {
        Format::Human => {
            let place = error
                .location()
                .map(|Location { line, column }| format!(":{line}:{column}"))
                .unwrap_or_default();
            writeln!(
                out,
                "{BAD}error[read]{BAD:#}{STRONG}: {}{STRONG:#}",
                error.message()
            )?;
            writeln!(out, "  {FAINT}at{FAINT:#}   {}{place}", error.name())?;
            writeln!(out, "  {FAINT}help{FAINT:#} {help}")?;
        }
        Format::Github => {
            finding::annotate(
                "error",
                error.name().as_ref(),
                error.location(),
                "read",
                &format!("{}: {help}", error.message()),
                out,
            )?;
        }
    }
    Ok(())
}
