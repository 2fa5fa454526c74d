//! What must be right in a document before progenitor sees it.
//!
//! progenitor and the model it reads documents with stop at the first thing they cannot do, and most often say neither
//! where nor why. So what can be known beforehand is looked for here, all of it in one go, each finding with its
//! place. What only shows when code is generated is located by the module that runs it.

mod merges;
mod names;
mod operations;
mod references;
mod schemas;
mod structure;

use serde_json::Value;

use crate::finding::Finding;

/// Whether a document is one as far as its structure and its references go, whatever the generator can do with it.
#[must_use]
pub fn is_sound(document: &Value) -> bool {
    structure::check(document).is_empty() && references::check(document).is_empty()
}

/// Everything in a document that no code can be generated from, as far as it can be known beforehand.
#[must_use]
pub fn check(document: &Value) -> Vec<Finding> {
    let mut findings = structure::check(document);
    // The other checks take the structure for granted.
    if findings.is_empty() {
        findings.extend(references::check(document));
    }
    if findings.is_empty() {
        findings.extend(operations::check(document));
        findings.extend(names::check(document));
        findings.extend(schemas::check(document));
        findings.extend(merges::check(document));
    }
    findings
}
