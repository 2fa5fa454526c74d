//! A comparison in the forms that people and machines read.

mod changelog;
mod excerpt;
mod github;
mod grouped;
mod html;
mod json;
mod junit;
mod many;
mod markdown;
mod sarif;
mod summary;
mod text;
mod wrap;

use openapi_document::Source;

use crate::accepted::Judged;
pub use many::render_all;

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
    /// For users of the API: Markdown, by operation.
    Changelog,
    /// The same with both sides of the source: one HTML page that needs nothing else.
    Html,
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

/// What happened to documents as a whole, where several are compared.
#[derive(Debug, Clone, Copy)]
pub struct Changes<'c> {
    /// The documents that only the base has.
    pub gone: &'c [String],
    /// The documents that only the revision has.
    pub added: &'c [String],
    /// Problems of no single document, such as a stale acceptance.
    pub problems: &'c [String],
}

impl Changes<'_> {
    /// What fails, in sentences.
    fn failures(&self) -> impl Iterator<Item = String> {
        let gone = self
            .gone
            .iter()
            .map(|name| format!("{name}: the document is gone"));
        gone.chain(self.problems.iter().cloned())
    }

    /// All of it, in sentences.
    fn sentences(&self) -> impl Iterator<Item = String> {
        let added = self
            .added
            .iter()
            .map(|name| format!("{name}: the document is new"));
        self.failures().chain(added)
    }
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
            Format::Changelog => changelog::render(self),
            Format::Html => html::render(self),
        }
    }
}

/// How many of a thing there are: "1 change", "2 changes".
fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
