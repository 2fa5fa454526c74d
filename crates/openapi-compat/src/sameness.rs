//! What certainly did not change, found by comparing data before any meaning is looked at.
//!
//! Schemas are put into classes: two of one class allow the same values, since they are equal but
//! for texts (descriptions, titles, examples), and all that they refer to is equal in both
//! documents. Most of a large document is, so this decides the speed of a comparison, and it
//! decides schemas of any depth, with any cycles.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::document::{Document, Side, Spot};

/// Keywords of a schema that inform people and limit nothing.
const TEXTS: [&str; 6] = [
    "description",
    "title",
    "summary",
    "example",
    "examples",
    "externalDocs",
];

/// Extensions that this crate reads.
const READ_EXTENSIONS: [&str; 3] = ["x-extensible-enum", "x-sunset", "x-stability-level"];

/// Whether a keyword of a schema says nothing about its values, nor about anything else that is
/// compared.
pub(crate) fn is_text(keyword: &str) -> bool {
    TEXTS.contains(&keyword) || (keyword.starts_with("x-") && !READ_EXTENSIONS.contains(&keyword))
}

/// The number of a class of schemas that mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClassId(usize);

/// Data with the classes of its parts in their places.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Form<'d> {
    /// Anything without parts, as JSON.
    Leaf(String),
    List(Vec<ClassId>),
    Members(Vec<(&'d str, ClassId)>),
    /// A reference whose target means the same in both documents.
    Reference(&'d str),
    /// A reference whose target does not.
    Changed(Side, String),
}

/// How the parts of a value are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reading {
    Schema,
    /// A mapping from names to schemas.
    Schemas,
    Data,
}

impl Reading {
    /// How the value of a keyword of a schema is read.
    fn of_keyword(keyword: &str) -> Self {
        match keyword {
            "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
                Self::Schemas
            }
            "items"
            | "additionalProperties"
            | "not"
            | "allOf"
            | "anyOf"
            | "oneOf"
            | "prefixItems"
            | "contains"
            | "propertyNames"
            | "if"
            | "then"
            | "else"
            | "unevaluatedItems"
            | "unevaluatedProperties" => Self::Schema,
            _ => Self::Data,
        }
    }

    fn of_member(self, key: &str) -> Self {
        match self {
            Self::Schema => Self::of_keyword(key),
            Self::Schemas => Self::Schema,
            Self::Data => Self::Data,
        }
    }

    fn counts(self, key: &str) -> bool {
        self != Self::Schema || !is_text(key)
    }
}

/// The references whose targets differ between the two documents, directly or by what they in
/// turn refer to, and the classes of the schemas that were asked about.
#[derive(Debug)]
pub(crate) struct Sameness<'d> {
    changed: BTreeSet<String>,
    classes: HashMap<Form<'d>, ClassId>,
    /// The class of a value, by its address: values live as long as their document.
    known: HashMap<(usize, Reading), ClassId>,
}

impl<'d> Sameness<'d> {
    pub(crate) fn of(base: &Document<'d>, revision: &Document<'d>) -> Self {
        let mut references = BTreeSet::new();
        for document in [base, revision] {
            references_in(document.root().value, &mut |reference| {
                references.insert(reference.to_owned());
            });
        }
        let mut changed = BTreeSet::new();
        let mut referrers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        // What a base class means depends on the classes that extend it.
        let subtypes = [base, revision].map(subtypes);
        for (supertype, subtype) in subtypes.into_iter().flatten() {
            references.insert(subtype.clone());
            referrers.entry(subtype).or_default().push(supertype);
        }
        for reference in references {
            let (one, other) = (base.target(&reference), revision.target(&reference));
            match (one, other) {
                (Some(one), Some(other)) if are_equal(&one, &other) => {
                    references_in(one.value, &mut |inner| {
                        let all = referrers.entry(inner.to_owned()).or_default();
                        all.push(reference.clone());
                    });
                }
                _ => {
                    changed.insert(reference);
                }
            }
        }
        let mut todo: Vec<String> = changed.iter().cloned().collect();
        while let Some(reference) = todo.pop() {
            for referrer in referrers.remove(&reference).unwrap_or_default() {
                if changed.insert(referrer.clone()) {
                    todo.push(referrer);
                }
            }
        }
        Self {
            changed,
            classes: HashMap::new(),
            known: HashMap::new(),
        }
    }

    /// Whether two parts of the documents, texts included, are certainly the same.
    pub(crate) fn holds(&self, one: &Spot<'_>, other: &Spot<'_>) -> bool {
        one.value == other.value && {
            let mut unchanged = true;
            references_in(one.value, &mut |reference| {
                unchanged &= !self.changed.contains(reference);
            });
            unchanged
        }
    }

    /// The class of a schema, or of a list of schemas.
    pub(crate) fn class(&mut self, spot: &Spot<'d>) -> ClassId {
        if spot.get("discriminator").is_some() {
            // Equal as it is, but not what extends it.
            let reference = format!("#{}", spot.pointer);
            if self.changed.contains(&reference) {
                let next = ClassId(self.classes.len());
                let form = Form::Changed(spot.side, reference);
                return *self.classes.entry(form).or_insert(next);
            }
        }
        self.classify(spot.side, spot.value, Reading::Schema)
    }

    fn classify(&mut self, side: Side, value: &'d Value, reading: Reading) -> ClassId {
        let key = (std::ptr::from_ref(value).addr(), reading);
        if let Some(&class) = self.known.get(&key) {
            return class;
        }
        let form = match value {
            Value::Object(members) => match reference_of(members, reading) {
                Some(reference) if self.changed.contains(reference) => {
                    Form::Changed(side, reference.to_owned())
                }
                Some(reference) if members.len() == 1 => Form::Reference(reference),
                _ => {
                    let counted = members.iter().filter(|(key, _)| reading.counts(key));
                    let classes = counted.map(|(key, value)| {
                        let class = self.classify(side, value, reading.of_member(key));
                        (key.as_str(), class)
                    });
                    let mut classes: Vec<_> = classes.collect();
                    classes.sort_unstable_by_key(|(key, _)| *key);
                    Form::Members(classes)
                }
            },
            Value::Array(items) => {
                let classes = items.iter().map(|item| self.classify(side, item, reading));
                Form::List(classes.collect())
            }
            leaf => Form::Leaf(leaf.to_string()),
        };
        let next = ClassId(self.classes.len());
        let class = *self.classes.entry(form).or_insert(next);
        self.known.insert(key, class);
        class
    }
}

/// The references of base classes (schemas with a `discriminator`), each with a reference to a
/// schema that extends it by `allOf`.
fn subtypes(document: &Document<'_>) -> Vec<(String, String)> {
    let root = document.root();
    let components = root.get("components");
    let schemas = components.and_then(|components| components.get("schemas"));
    let mut found = Vec::new();
    for (_, schema) in schemas.iter().flat_map(Spot::entries) {
        for part in schema.get("allOf").iter().flat_map(Spot::items) {
            let Some(reference) = part.text("$ref") else {
                continue;
            };
            let supertype = document.target(reference);
            if supertype.is_some_and(|schema| schema.get("discriminator").is_some()) {
                found.push((reference.to_owned(), format!("#{}", schema.pointer)));
            }
        }
    }
    found
}

/// The reference that an object is, where references are followed.
fn reference_of(members: &Map<String, Value>, reading: Reading) -> Option<&str> {
    if reading != Reading::Schema {
        return None;
    }
    members.get("$ref")?.as_str()
}

/// Whether two targets of one reference are equal, with texts left out where they are schemas.
fn are_equal(one: &Spot<'_>, other: &Spot<'_>) -> bool {
    let is_schema = one.pointer.starts_with("/components/schemas/");
    match is_schema {
        true => are_same(one.value, other.value, Reading::Schema),
        false => one.value == other.value,
    }
}

fn are_same(one: &Value, other: &Value, reading: Reading) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let count = |members: &Map<String, Value>| {
                members.keys().filter(|key| reading.counts(key)).count()
            };
            let counted = one.iter().filter(|(key, _)| reading.counts(key));
            count(one) == count(other)
                && counted.into_iter().all(|(key, value)| {
                    let value_there = other.get(key);
                    value_there.is_some_and(|other| are_same(value, other, reading.of_member(key)))
                })
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| are_same(one, other, reading))
        }
        (one, other) => one == other,
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
