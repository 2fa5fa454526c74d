//! The forms in which readers are printed.

use std::io::IsTerminal as _;

use clap::ValueEnum;

use crate::failure::Failure;
use crate::output::Target;

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
    /// What was asked for, or else the form of the output's extension; else a table for a person, and for a program what
    /// it can read as it comes.
    pub(crate) fn or_default(asked: Option<Self>, target: &Target) -> Result<Self, Failure> {
        if let Some(asked) = asked {
            return Ok(asked);
        }
        let by_extension = [
            ("csv", Self::Csv),
            ("json", Self::Json),
            ("ndjson", Self::Ndjson),
            ("jsonl", Self::Ndjson),
        ];
        if let Some(format) = target.by_extension(&by_extension)? {
            return Ok(format);
        }
        let is_seen = *target == Target::Stdout && std::io::stdout().is_terminal();
        Ok(if is_seen { Self::Table } else { Self::Ndjson })
    }

    /// Whether readers are printed as they come, rather than when all are there.
    pub(crate) fn streams(self) -> bool {
        matches!(self, Self::Ndjson | Self::Csv)
    }
}
