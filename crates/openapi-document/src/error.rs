//! Why a document could not be read, and where.

use std::error::Error;
use std::fmt;

use crate::Location;

/// A document that could not be read.
///
/// Displays as `name:line:column: what is wrong`, the form editors and CI systems turn into links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    name: String,
    location: Option<Location>,
    message: String,
    help: Option<&'static str>,
}

impl SourceError {
    pub(crate) fn new(name: &str, location: Option<Location>, message: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            location,
            message: message.into(),
            help: None,
        }
    }

    pub(crate) fn with_help(self, help: Option<&'static str>) -> Self {
        Self { help, ..self }
    }

    /// The name of the document, as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the problem is, if it has a place in the text (a missing file has none).
    pub fn location(&self) -> Option<Location> {
        self.location
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it, in one line, where that is known.
    pub fn help(&self) -> Option<&str> {
        self.help
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.location {
            Some(Location { line, column }) => {
                write!(f, "{}:{line}:{column}: {}", self.name, self.message)
            }
            None => write!(f, "{}: {}", self.name, self.message),
        }
    }
}

impl Error for SourceError {}
