//! A contract that the sandbox cannot serve.

use openapi_document::Source;

use crate::error::StartError;

/// What is wrong with a contract, and where.
#[derive(Debug)]
pub(crate) struct Invalid {
    pointer: String,
    message: String,
}

impl Invalid {
    pub(crate) fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
        }
    }

    /// The error with the file, line and column of the place.
    pub(crate) fn in_source(self, source: &Source) -> StartError {
        let place = source.locate_nearest(&self.pointer);
        let (name, line, column) = (source.name(), place.line, place.column);
        StartError::Contract(format!("{name}:{line}:{column}: {}", self.message))
    }
}
