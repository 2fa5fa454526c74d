//! The forms in which readers are printed.

use std::io::IsTerminal as _;

use clap::ValueEnum;

/// How readers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table with a summary, when all readers are there.
    Table,
    /// One JSON object, when all readers are there.
    Json,
    /// One JSON object a line for each reader, as they come.
    Ndjson,
    /// Comma-separated values under a header line, as they come.
    Csv,
}

impl Format {
    /// What was asked for; else a table for a person, and for a program what it can read as it comes.
    pub(crate) fn or_default(asked: Option<Self>) -> Self {
        asked.unwrap_or_else(|| match std::io::stdout().is_terminal() {
            true => Self::Table,
            false => Self::Ndjson,
        })
    }

    /// Whether readers are printed as they come, rather than when all are there.
    pub(crate) fn streams(self) -> bool {
        matches!(self, Self::Ndjson | Self::Csv)
    }
}
