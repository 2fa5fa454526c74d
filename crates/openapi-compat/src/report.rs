//! A comparison in the forms that people and machines read.

mod github;
mod json;
mod junit;
mod markdown;
mod sarif;
mod summary;
mod text;
mod wrap;

use openapi_document::Source;

use crate::accepted::Judged;

/// A form of report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// For a person at a terminal: as wide as it is, or 80 columns.
    #[default]
    Text,
    /// For programs: the verdict and every finding.
    Json,
    /// For a comment on a pull request.
    Markdown,
    /// Workflow commands that GitHub shows as annotations of the changed lines.
    Github,
    /// Test results for CI systems: each breaking or unknown finding is a failure.
    Junit,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

/// All that a report tells of.
#[derive(Debug, Clone, Copy)]
pub struct Report<'r> {
    /// The base document.
    pub base: &'r Source,
    /// The revision.
    pub revision: &'r Source,
    /// The findings, and which of them were accepted.
    pub judged: &'r Judged,
    /// Problems beside the findings: a version that is too low, a stale acceptance.
    pub problems: &'r [String],
    /// How many findings the settings left out.
    pub left_out: usize,
    /// How many columns a report for a terminal may have.
    pub width: usize,
}

impl Report<'_> {
    /// The report as text, ending with a line feed.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Text => text::render(self),
            Format::Json => json::render(self),
            Format::Markdown => markdown::render(self),
            Format::Github => github::render(self),
            Format::Junit => junit::render(self),
            Format::Sarif => sarif::render(self),
        }
    }
}

/// How many of a thing there are: "1 change", "2 changes".
fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
