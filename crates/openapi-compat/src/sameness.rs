//! What certainly did not change, found by comparing data before any meaning is looked at.
//!
//! A part is unchanged if its text-independent data is equal in both documents and all that it
//! refers to is unchanged too. Most of a large document is, so this decides the speed of a diff.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::document::{Document, Spot};

/// The references whose targets differ between the two documents, directly or by what they in
/// turn refer to.
#[derive(Debug)]
pub(crate) struct Sameness<'d> {
    changed: BTreeSet<&'d str>,
}

impl<'d> Sameness<'d> {
    pub(crate) fn of(base: &Document<'d>, revision: &Document<'d>) -> Self {
        let mut references = BTreeSet::new();
        for document in [base, revision] {
            references_in(document.root().value, &mut |reference| {
                references.insert(reference);
            });
        }
        let mut changed = BTreeSet::new();
        let mut referrers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for reference in references {
            let (one, other) = (base.target(reference), revision.target(reference));
            match (one, other) {
                (Some(one), Some(other)) if one.value == other.value => {
                    references_in(one.value, &mut |inner| {
                        referrers.entry(inner).or_default().push(reference);
                    });
                }
                _ => {
                    changed.insert(reference);
                }
            }
        }
        let mut todo: Vec<&str> = changed.iter().copied().collect();
        while let Some(reference) = todo.pop() {
            for referrer in referrers.remove(reference).unwrap_or_default() {
                if changed.insert(referrer) {
                    todo.push(referrer);
                }
            }
        }
        Self { changed }
    }

    /// Whether two spots certainly mean the same. In one document, only a spot and itself do.
    pub(crate) fn holds(&self, one: &Spot<'_>, other: &Spot<'_>) -> bool {
        if one.side == other.side {
            return one.pointer == other.pointer;
        }
        one.value == other.value && {
            let mut unchanged = true;
            references_in(one.value, &mut |reference| {
                unchanged &= !self.changed.contains(reference);
            });
            unchanged
        }
    }
}

/// Calls `found` with each `$ref` inside a value.
pub(crate) fn references_in<'v>(value: &'v Value, found: &mut impl FnMut(&'v str)) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(reference) if key == "$ref" => found(reference),
                    _ => references_in(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references_in(item, found)),
        _ => {}
    }
}
