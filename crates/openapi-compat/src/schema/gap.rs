//! What an inclusion lacks: one constraint of the target that a value of the source violates.

use serde_json::Value;

use super::inclusion::Question;
use super::pool::SchemaId;

/// A constraint that some value of the source violates, or may violate.
#[derive(Debug, Clone)]
pub(crate) struct Gap {
    /// The keyword of the constraint, as OpenAPI names it; `property` for a property that a closed
    /// object does not know, `unreadable` for what could not be read.
    pub(crate) keyword: &'static str,
    /// The property that the constraint is about (`required`, `property`).
    pub(crate) property: Option<String>,
    /// The schema of the source that the constraint meets.
    pub(crate) source: SchemaId,
    /// The schema of the target that states the constraint.
    pub(crate) target: SchemaId,
    /// The pair of sets that the witness is about: the one where it was found, or a union around it.
    pub(crate) scope: Question,
    /// A value of the scope's source outside its target, checked by the validator. Without it the
    /// gap is a possibility.
    pub(crate) witness: Option<Value>,
    /// The constraint is on values that the schema's own `type` excludes.
    pub(crate) idle: bool,
    /// The target's set has the values all the same, as objects with properties that it does not
    /// know; so the validator refuses no witness.
    pub(crate) tolerated: bool,
    /// Further values that are refused for the same reason (of a list of values).
    pub(crate) refused: Vec<Value>,
}

/// A gap as it is first suspected: a constraint, and values to try as its witness.
#[derive(Debug, Clone)]
pub(crate) struct Suspicion {
    pub(crate) keyword: &'static str,
    pub(crate) property: Option<String>,
    pub(crate) candidates: Vec<Value>,
}

impl Suspicion {
    pub(crate) fn new(keyword: &'static str, candidates: Vec<Value>) -> Self {
        Self {
            keyword,
            property: None,
            candidates,
        }
    }

    pub(crate) fn about(mut self, property: &str) -> Self {
        self.property = Some(property.to_owned());
        self
    }
}
