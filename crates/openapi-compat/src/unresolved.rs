//! References that lead to nothing that was read: what they describe cannot be compared, even if
//! both documents say the same.

use std::collections::{BTreeMap, BTreeSet};

use openapi_document::{Cause, Source, Unresolved, pointer};

use crate::document::Side;
use crate::draft::Draft;
use crate::finding::{Class, Direction};

/// Methods of a path item, for the operations that a reference stands in.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Adds a draft for what each reference leads to that was not read, and takes out those that say
/// of one of its places only that it could not be compared.
pub(crate) fn report(drafts: &mut Vec<Draft>, base: &Source, revision: &Source) {
    let mut missing: BTreeMap<(Cause, String, String), Missing> = BTreeMap::new();
    for (side, source) in [(Side::Base, base), (Side::Revision, revision)] {
        for found in source.unresolved() {
            if is_documentation(&found.pointer) {
                continue;
            }
            let Unresolved {
                pointer,
                reference,
                cause,
                reason,
            } = found;
            let missing = missing.entry((cause, reference, reason)).or_default();
            missing.at(side).insert(pointer);
        }
    }
    for ((cause, reference, reason), missing) in missing {
        let draft = missing.draft(drafts, cause, &reference, &reason);
        drafts.push(draft);
    }
}

/// The places that refer to something that was not read.
#[derive(Debug, Default)]
struct Missing {
    base: BTreeSet<String>,
    revision: BTreeSet<String>,
}

impl Missing {
    fn at(&mut self, side: Side) -> &mut BTreeSet<String> {
        match side {
            Side::Base => &mut self.base,
            Side::Revision => &mut self.revision,
        }
    }

    fn draft(self, drafts: &mut Vec<Draft>, cause: Cause, reference: &str, reason: &str) -> Draft {
        let mut operations: BTreeSet<String> = self
            .base
            .iter()
            .chain(&self.revision)
            .filter_map(|at| operation(at))
            .collect();
        drafts.retain(|draft| {
            let same = draft.id == "unreadable"
                && (self.base.contains(&draft.base) || self.revision.contains(&draft.revision));
            if same {
                operations.extend(draft.operations.iter().cloned());
            }
            !same
        });
        let places = self.base.len().max(self.revision.len());
        let whose = match (self.base.is_empty(), self.revision.is_empty()) {
            (false, true) => "in the base, ",
            (true, false) => "in the revision, ",
            _ => "",
        };
        let what = match cause {
            Cause::File => "is in another file that was not read",
            Cause::Url => "is at a URL that was not read",
            Cause::Limit => "is beyond a limit of what is read",
            _ => "leads to nothing",
        };
        let also = match places {
            0 | 1 => String::new(),
            more => format!(" ({more} places refer to it)"),
        };
        let first = |own: &BTreeSet<String>, other: &BTreeSet<String>| {
            own.first().or(other.first()).cloned().unwrap_or_default()
        };
        Draft {
            id: match cause {
                Cause::Limit => "limit-reached",
                _ => "unresolved-reference",
            }
            .to_owned(),
            class: Class::Unknown,
            direction: Direction::None,
            operations,
            base: first(&self.base, &self.revision),
            revision: first(&self.revision, &self.base),
            about: Some(reference.to_owned()),
            old: None,
            new: None,
            witness: None,
            message: format!(
                "{whose}`{reference}` {what}{also}, so what it describes could not be compared: \
                 {reason}"
            ),
        }
    }
}

/// Whether a place is an example or a link, which no client and no server depends on.
fn is_documentation(at: &str) -> bool {
    let mut before = None;
    for token in pointer::tokens(at) {
        let named = before.as_deref().is_some_and(|before: &str| {
            [
                "properties",
                "schemas",
                "headers",
                "parameters",
                "responses",
                "paths",
                "$defs",
            ]
            .contains(&before)
        });
        if !named && matches!(&*token, "examples" | "links") {
            return true;
        }
        before = Some(token.into_owned());
    }
    false
}

/// The operation that a place is in.
fn operation(at: &str) -> Option<String> {
    let mut tokens = pointer::tokens(at);
    let (section, path, method) = (tokens.next()?, tokens.next()?, tokens.next()?);
    let is_operation = section == "paths" && METHODS.contains(&&*method);
    is_operation.then(|| format!("{} {path}", method.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_documentation_and_properties_of_that_name_are_not() {
        for (at, documentation) in [
            ("/components/examples/a", true),
            ("/paths/~1a/get/responses/200/links/b", true),
            ("/components/schemas/examples", false),
            ("/components/schemas/A/properties/links", false),
        ] {
            assert_eq!(is_documentation(at), documentation, "{at}");
        }
    }

    #[test]
    fn places_below_paths_are_in_operations() {
        assert_eq!(operation("/paths/~1a/get/x").as_deref(), Some("GET /a"));
        assert_eq!(operation("/paths/~1a/parameters/0"), None);
        assert_eq!(operation("/components/schemas/get"), None);
    }
}
