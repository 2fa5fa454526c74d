//! The grammar of the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::commands::{bench, ci, diff, lint, regen, watch};

/// Keeps contract, generated code and documentation in step.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 fine, 1 findings, 2 wrong usage, 4 stale (run `cargo xtask regen`)."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Work on this document instead of the repository's contract; what derives from it goes beside it.
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) spec: Option<PathBuf>,

    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write what derives from the contract: canonical JSON, surface of the bindings, error reference.
    Regen(regen::Arguments),
    /// Say what changed since a release (or between two documents), for whom it breaks, and prove it.
    Diff(diff::Arguments),
    /// Go from the generated Rust types back to the document, and report what gets lost.
    RoundTrip(Shared),
    /// Look for what keeps the document from working well, here and with other tools.
    Lint(lint::Arguments),
    /// After each save of the document: regenerate, lint, compare with the last release, build.
    Watch(watch::Arguments),
    /// Run everything that guards the repository, and report all failures at the end.
    Ci(ci::Arguments),
    /// Count what a page costs, beside the same loop written by hand.
    Bench(bench::Arguments),
}

impl Command {
    /// The form of what the command finds. `diff` has forms of its own.
    pub(crate) fn format(&self) -> Format {
        match self {
            Self::Regen(arguments) => arguments.shared.format,
            Self::Diff(_) | Self::Bench(_) => Format::Human,
            Self::RoundTrip(shared) => shared.format,
            Self::Lint(arguments) => arguments.shared.format,
            Self::Watch(arguments) => arguments.shared.format,
            Self::Ci(arguments) => arguments.shared.format,
        }
    }

    /// The document that the command is about, where its own arguments name one.
    pub(crate) fn document(&self) -> Option<PathBuf> {
        match self {
            Self::Diff(arguments) => arguments.revision(),
            _ => None,
        }
    }
}

/// What most commands take.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(crate) struct Shared {
    /// How findings are written: for people, or as annotations of a GitHub workflow.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Human,
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}
