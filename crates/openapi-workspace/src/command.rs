//! The commands of every project.

use std::path::PathBuf;

use clap::Subcommand;

use crate::cli::{Format, Task};
use crate::commands::{acceptance, ci, diff, lint, regen, round_trip, watch};
use crate::error::{Error, Exit};
use crate::output::Output;
use crate::project::Project;

/// The commands of every project.
#[derive(Debug, Subcommand)]
#[non_exhaustive]
pub enum Command {
    /// Write what derives from the contract: canonical JSON, surface of the bindings, error reference.
    Regen(regen::Arguments),
    /// Say what changed since a release (or between two documents), for whom it breaks, and prove it.
    Diff(Box<diff::Arguments>),
    /// Go from the generated Rust types back to the document, and report what gets lost.
    RoundTrip(round_trip::Arguments),
    /// Look for what keeps the document from working well, here and with other tools.
    Lint(lint::Arguments),
    /// After each save of the document: regenerate, lint, compare with the last release, build.
    Watch(watch::Arguments),
    /// Run everything that guards the project, and report all failures at the end.
    Ci(ci::Arguments),
    /// Count which documents of a folder the generator takes, and why not the others.
    Acceptance(acceptance::Arguments),
}

impl Task for Command {
    /// `diff` has forms of its own.
    fn format(&self) -> Format {
        match self {
            Self::Regen(arguments) => arguments.shared.format,
            Self::Diff(_) | Self::Acceptance(_) => Format::Human,
            Self::RoundTrip(arguments) => arguments.shared.format,
            Self::Lint(arguments) => arguments.shared.format,
            Self::Watch(arguments) => arguments.shared.format,
            Self::Ci(arguments) => arguments.shared.format,
        }
    }

    fn run(
        self,
        project: Project,
        spec: Option<PathBuf>,
        out: &mut Output<'_>,
    ) -> Result<Exit, Error> {
        // Of documents anywhere, with or without a project.
        if let Self::Acceptance(arguments) = &self {
            return acceptance::run(arguments, out);
        }
        // `diff` names its documents by position.
        let named = match &self {
            Self::Diff(arguments) => arguments.revision(),
            _ => None,
        };
        let workspace = project.open(spec.or(named))?;
        match self {
            Self::Regen(arguments) => regen::run(&arguments, &workspace, out),
            Self::Diff(arguments) => diff::run(&arguments, &workspace, out),
            Self::RoundTrip(arguments) => round_trip::run(&arguments, &workspace, out),
            Self::Lint(arguments) => lint::run(&arguments, &workspace, out),
            Self::Watch(arguments) => watch::run(&arguments, &workspace, out),
            Self::Ci(arguments) => ci::run(&arguments, &workspace, out),
            Self::Acceptance(arguments) => acceptance::run(&arguments, out),
        }
    }
}
