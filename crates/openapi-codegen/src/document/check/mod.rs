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
mod servers;
mod structure;

pub(crate) use schemas::wrong_default;
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
    // Where the version is unknown, nothing else can be said.
    if structure::version(document).is_some() {
        return findings;
    }
    // One mistake does not hide the others; but what is around or within it is not looked at again.
    let checks = [
        references::check,
        operations::check,
        names::check,
        schemas::check,
        servers::check,
        merges::check,
    ];
    for check in checks {
        let known: Vec<String> = findings
            .iter()
            .map(|finding| finding.pointer.clone())
            .collect();
        let is_new =
            |finding: &Finding| !known.iter().any(|known| touches(known, &finding.pointer));
        findings.extend(check(document).into_iter().filter(is_new));
    }
    findings
}

/// Whether one of two places is the other, or is around it.
fn touches(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
