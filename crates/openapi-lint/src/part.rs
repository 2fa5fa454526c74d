//! The parts of a document, each with its kind and place: what most rules go through.

use openapi_codegen::document::walk::{Kind, walk};
use serde_json::Value;

/// A part of the document.
pub(crate) struct Part<'a> {
    pub(crate) pointer: String,
    pub(crate) kind: Kind,
    pub(crate) value: &'a Value,
}

impl<'a> Part<'a> {
    /// Every part of a document, in its order.
    pub(crate) fn all(document: &'a Value) -> Vec<Self> {
        let mut parts = Vec::new();
        walk(document, &mut |pointer, kind, value| {
            parts.push(Self {
                pointer: pointer.to_owned(),
                kind,
                value,
            });
        });
        parts
    }
}
