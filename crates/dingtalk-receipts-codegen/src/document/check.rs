//! What must be right in a document before progenitor sees it.

use serde_json::Value;

use super::walk::{Kind, walk};
use crate::finding::Finding;
use crate::types::special::{Special, classify};

/// Everything in a document that no code can be generated from, as far as it can be known beforehand.
#[must_use]
pub fn check(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    walk(document, &mut |pointer, kind, value| {
        if kind == Kind::Schema
            && let Some(Special::Bounded(bounds)) = classify(document, value)
            && bounds.is_empty()
        {
            findings.push(Finding::new(
                pointer,
                format!("no number is {}", bounds.in_words()),
                "correct `minimum` or `maximum`",
            ));
        }
    });
    findings
}
