//! What a rule finds in a document: where, what, and how to mend it.

use openapi_codegen::Error;

use crate::config::Level;

/// One problem in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's id: one of [`RULES`](crate::RULES), or of the caller's own.
    pub rule: &'static str,
    /// Where: a JSON pointer into the document.
    pub pointer: String,
    /// What is wrong, in one line.
    pub message: String,
    /// How to mend it, in one line.
    pub help: String,
    /// How much it counts: [`Level::Error`] or [`Level::Warning`].
    pub level: Level,
}

impl Finding {
    /// A finding of a rule at a JSON pointer; a command with rules of its own reports them in the same form.
    pub fn new(
        rule: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            pointer: pointer.into(),
            message: message.into(),
            help: help.into(),
            level: Level::Error,
        }
    }

    /// Findings of the rule `generate`: why the code generator refuses a document.
    #[must_use]
    pub fn of_generator(error: &Error) -> Vec<Self> {
        match error {
            Error::Findings { findings, .. } => findings
                .iter()
                .map(|found| Self::new("generate", &found.pointer, &found.message, &found.help))
                .collect(),
            error => vec![Self::new(
                "generate",
                "",
                error.to_string(),
                "correct the document",
            )],
        }
    }
}
