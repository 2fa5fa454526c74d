//! What is wrong with a document: where, what, and how to mend it.

use std::fmt;

use openapi_document::{Location, Source, SourceError};

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where: a JSON pointer.
    pub pointer: String,
    /// What is wrong, in one line.
    pub message: String,
    /// How to mend it, in one line.
    pub help: String,
    /// The file, where it is not the document itself but one that it refers to.
    pub file: Option<String>,
    /// The line and column, once the document's text is known.
    pub location: Option<Location>,
}

impl Finding {
    /// A finding at a JSON pointer, not yet located in a text.
    pub fn new(
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let line = |text: String| text.replace(['\n', '\r'], " ");
        Self {
            pointer: pointer.into(),
            message: line(message.into()),
            help: line(help.into()),
            file: None,
            location: None,
        }
    }

    /// The finding in one line: `name:line:column: what`.
    #[must_use]
    pub fn line(&self, name: &str) -> String {
        line(name, self)
    }

    /// The finding in lines for a person: `name:line:column: what`, then where and how to mend it.
    #[must_use]
    pub fn report(&self, name: &str) -> String {
        let mut report = line(name, self);
        if !self.pointer.is_empty() {
            report.push_str(&format!("\n  at   #{}", self.pointer));
        }
        report.push_str(&format!("\n  help {}", self.help));
        report
    }
}

/// Why no code was generated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The document cannot be read at all.
    Source(SourceError),
    /// The document can be read, and no code can be generated from it.
    Findings {
        /// The document's name.
        name: String,
        /// Everything that is wrong: one at least.
        findings: Vec<Finding>,
    },
}

impl Error {
    pub(crate) fn located(source: &Source, mut findings: Vec<Finding>) -> Self {
        locate(source, &mut findings);
        Self::Findings {
            name: source.name().to_owned(),
            findings,
        }
    }

    /// The whole report, one finding after the other: `name:line:column: what`, then where and how to mend it.
    #[must_use]
    pub fn report(&self) -> String {
        match self {
            Self::Source(error) => match error.help() {
                Some(help) => format!("{error}\n  help {help}"),
                None => error.to_string(),
            },
            Self::Findings { name, findings } => {
                let mut report = String::new();
                for finding in findings {
                    if !report.is_empty() {
                        report.push('\n');
                    }
                    report.push_str(&finding.report(name));
                }
                report
            }
        }
    }
}

/// Gives findings their files and lines, and the order of these.
pub(crate) fn locate(source: &Source, findings: &mut [Finding]) {
    let pointers: Vec<String> = findings.iter().map(|it| it.pointer.clone()).collect();
    let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
    for (finding, place) in findings.iter_mut().zip(source.place_all(&pointers)) {
        finding.location = Some(place.location);
        finding.file = Some(place.file.name().to_owned()).filter(|name| name != source.name());
    }
    findings.sort_by(|a, b| (&a.file, a.location).cmp(&(&b.file, b.location)));
}

fn line(name: &str, finding: &Finding) -> String {
    let name = finding.file.as_deref().unwrap_or(name);
    match finding.location {
        Some(Location { line, column }) => format!("{name}:{line}:{column}: {}", finding.message),
        None => format!("{name}: {}", finding.message),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Findings { name, findings } => match findings.as_slice() {
                [] => write!(f, "{name}: no code can be generated"),
                [only] => f.write_str(&line(name, only)),
                [first, others @ ..] => {
                    write!(f, "{} (and {} more)", line(name, first), others.len())
                }
            },
        }
    }
}

impl std::error::Error for Error {}

impl From<SourceError> for Error {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}
