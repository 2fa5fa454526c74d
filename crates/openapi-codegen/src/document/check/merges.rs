//! Combinations of schemas that can be merged for ever.
//!
//! Where `allOf` combines schemas that have the same property, the generator merges the property's schemas too. If that
//! leads back to a merge it is in the middle of, it goes on until the stack is full, and nothing can stop it then. So
//! the merges are gone through here first, as sets of places: a set that is met within itself has no end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::document::walk::{Kind, join, walk};
use crate::finding::Finding;

/// The places of the schemas that are merged into one.
type Merge = BTreeSet<String>;

/// So many merges are gone through at most. No document that people write has as many.
const MOST: usize = 20_000;

/// So many ways to choose between alternatives are gone through for one merge.
const WAYS: usize = 64;

pub(super) fn check(document: &Value) -> Vec<Finding> {
    let mut roots = Vec::new();
    walk(document, &mut |pointer, kind, value| {
        if kind == Kind::Schema && value.get("allOf").is_some() {
            roots.push(pointer.to_owned());
        }
    });
    let mut search = Search {
        document,
        done: BTreeSet::new(),
        left: MOST,
    };
    let mut findings = Vec::new();
    for root in roots {
        if search.is_endless(BTreeSet::from([root.clone()]), &mut Vec::new()) {
            findings.push(Finding::new(
                join(&root, "allOf"),
                "the schemas that are combined here have a property in common whose schemas combine them again",
                "let one of them leave the property out, or refer to one schema for it in both",
            ));
        }
    }
    findings
}

struct Search<'a> {
    document: &'a Value,
    /// Merges that come to an end.
    done: BTreeSet<Merge>,
    left: usize,
}

impl Search<'_> {
    fn is_endless(&mut self, merge: Merge, path: &mut Vec<Merge>) -> bool {
        if self.done.contains(&merge) {
            return false;
        }
        if path.contains(&merge) || self.left == 0 {
            return true;
        }
        self.left -= 1;
        path.push(merge.clone());
        let mut endless = false;
        for leaves in self.alternatives(&merge) {
            for next in self.merged_within(&leaves) {
                endless = endless || self.is_endless(next, path);
            }
        }
        path.pop();
        if !endless {
            self.done.insert(merge);
        }
        endless
    }

    /// What a merge is made of: references followed, combinations resolved, one list for each way to choose.
    fn alternatives(&self, merge: &Merge) -> Vec<Vec<String>> {
        let mut ways = vec![Vec::new()];
        for pointer in merge {
            ways = product(&ways, &self.leaves(pointer, &mut Vec::new()));
        }
        ways
    }

    fn leaves(&self, pointer: &str, seen: &mut Vec<String>) -> Vec<Vec<String>> {
        let target = self.identity(pointer);
        let Some(schema) = self.document.pointer(&target) else {
            return vec![Vec::new()];
        };
        if seen.contains(&target) {
            return vec![Vec::new()];
        }
        seen.push(target.clone());
        let parts = |keyword: &str| {
            let count = schema
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            let place = join(&target, keyword);
            (0..count)
                .map(move |index| join(&place, &index.to_string()))
                .collect::<Vec<_>>()
        };
        let mut ways = vec![vec![target.clone()]];
        for part in parts("allOf") {
            ways = product(&ways, &self.leaves(&part, seen));
        }
        for keyword in ["oneOf", "anyOf"] {
            let choices: Vec<Vec<String>> = parts(keyword)
                .iter()
                .flat_map(|part| self.leaves(part, seen))
                .collect();
            if !choices.is_empty() {
                ways = product(&ways, &choices);
            }
        }
        seen.pop();
        ways
    }

    /// The merges that merging these schemas asks for: of properties with one name, of items, of further properties.
    fn merged_within(&self, leaves: &[String]) -> Vec<Merge> {
        let mut places: BTreeMap<String, Merge> = BTreeMap::new();
        for leaf in leaves {
            let Some(schema) = self.document.pointer(leaf) else {
                continue;
            };
            for (name, _) in schema
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let place = join(&join(leaf, "properties"), name);
                places
                    .entry(format!("property {name}"))
                    .or_default()
                    .insert(self.identity(&place));
            }
            for keyword in ["items", "additionalProperties"] {
                if schema.get(keyword).is_some_and(Value::is_object) {
                    let place = self.identity(&join(leaf, keyword));
                    places.entry(keyword.to_owned()).or_default().insert(place);
                }
            }
        }
        // The same schema twice is no merge.
        places
            .into_values()
            .filter(|merge| merge.len() > 1)
            .collect()
    }

    /// Where a schema really is: at the end of its references.
    fn identity(&self, pointer: &str) -> String {
        let mut pointer = pointer.to_owned();
        for _ in 0..64 {
            let reference = self
                .document
                .pointer(&pointer)
                .and_then(|schema| schema.get("$ref"));
            match reference
                .and_then(Value::as_str)
                .and_then(|reference| reference.strip_prefix('#'))
            {
                Some(target) => pointer = target.to_owned(),
                None => break,
            }
        }
        pointer
    }
}

fn product(ways: &[Vec<String>], choices: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for way in ways {
        for choice in choices {
            if all.len() == WAYS {
                return all;
            }
            let mut longer = way.clone();
            longer.extend(choice.iter().cloned());
            all.push(longer);
        }
    }
    all
}
