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

    /// Leave out what cannot be generated, and list it in `left-out.txt`; while that file is there, every command does.
    #[arg(long)]
    lenient: bool,
}

impl Arguments {
    /// Everything that needs no build.
    pub(crate) fn write_only() -> Self {
        Self {
            shared: Shared::default(),
            check: false,
            no_round_trip: true,
            lenient: false,
        }
    }

    /// The same, and whether anything may be left out that was not before.
    pub(crate) fn lenient(self, lenient: bool) -> Self {
        Self { lenient, ..self }
    }

    /// What a guard asks for.
    pub(crate) fn check() -> Self {
        Self {
            shared: Shared::default(),
            check: true,
            no_round_trip: false,
            lenient: false,
        }
    }
}

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let is_lenient = arguments.lenient || is_lenient(workspace);
    let Some((source, bindings)) = generate_with(workspace, is_lenient, out)? else {
        return Ok(Exit::Findings);
    };
    for finding in bindings.warnings() {
        writeln!(
            out,
            "{FAINT}mended{FAINT:#} {}",
            finding.line(source.name())
        )?;
    }
    let mut exit = Exit::Success;
    for file in artifact::files(&source, &bindings, is_lenient, workspace)?
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
    generate_with(workspace, is_lenient(workspace), out)
}

/// Whether the project allows to leave anything out: it has the list of it.
pub(crate) fn is_lenient(workspace: &Workspace) -> bool {
    artifact::left_out::path(workspace).exists()
}

fn generate_with(
    workspace: &Workspace,
    is_lenient: bool,
    out: &mut Output<'_>,
) -> Result<Option<(Source, Bindings)>, Error> {
    let source = match workspace.read() {
        Ok(source) => source,
        Err(error) => {
            unreadable(&error, out)?;
            return Ok(None);
        }
    };
    let generator = Generator::new(&source).lenient(is_lenient);
    match generator.generate() {
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
