//! What schemas say together, keyword by keyword: references followed, `allOf` merged, every way
//! to allow `null` made one.

use std::collections::BTreeMap;

use num_rational::BigRational;
use serde_json::Value;

use super::pool::SchemaId;
use super::types::Types;
use crate::sameness::ClassId;

/// A set of values as its constraints. Constraints of one kind of values say nothing of others.
#[derive(Debug, Clone)]
pub(crate) struct Shape<'d> {
    /// All schemas that were merged.
    pub(crate) members: Vec<SchemaId>,
    pub(crate) types: Types,
    pub(crate) enums: Option<Vec<Value>>,
    pub(crate) number: NumberFacets<'d>,
    pub(crate) string: StringFacets<'d>,
    pub(crate) array: ArrayFacets,
    pub(crate) object: ObjectFacets<'d>,
    pub(crate) unions: Vec<Union>,
    pub(crate) nots: Vec<Exclusion>,
    pub(crate) opaque: Vec<Opaque>,
    /// The schema object that states a keyword, for messages.
    pub(crate) stated: BTreeMap<&'static str, SchemaId>,
    /// What could not be read; a verdict that rests on it is unknown.
    pub(crate) unreadable: Vec<SchemaId>,
    pub(crate) flags: Flags,
    /// Kinds of values that a schema limits and whose `type` excludes them: one of the two is a
    /// mistake.
    pub(crate) contradicted: Types,
}

/// Marks that do not change the set itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Flags {
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// More values than the listed ones must be expected (`x-extensible-enum`).
    pub(crate) extensible: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct NumberFacets<'d> {
    pub(crate) min: Option<Bound>,
    pub(crate) max: Option<Bound>,
    pub(crate) multiples: Vec<BigRational>,
    pub(crate) formats: Vec<&'d str>,
}

/// An end of a range of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) value: BigRational,
    pub(crate) exclusive: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct StringFacets<'d> {
    /// In code points.
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
    pub(crate) patterns: Vec<&'d str>,
    pub(crate) formats: Vec<&'d str>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct ArrayFacets {
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
    pub(crate) unique: bool,
    pub(crate) items: Vec<SchemaId>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct ObjectFacets<'d> {
    /// Each schema that was merged says which properties it knows, and what it allows beyond them.
    pub(crate) parts: Vec<ObjectPart<'d>>,
    /// The required properties, and the schema that requires each.
    pub(crate) required: BTreeMap<&'d str, SchemaId>,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
    /// The properties of which only one value is looked at; of nothing, only objects without them.
    pub(crate) tags: BTreeMap<&'d str, Option<Value>>,
}

#[derive(Debug, Clone)]
pub(crate) struct ObjectPart<'d> {
    pub(crate) properties: BTreeMap<&'d str, SchemaId>,
    pub(crate) beyond: Beyond,
}

/// What `additionalProperties` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// Nothing, or that anything goes.
    Open,
    /// No others. The schema that says so.
    Closed(SchemaId),
    Schema(SchemaId),
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(crate) struct Union {
    /// The list of alternatives as written.
    pub(crate) at: SchemaId,
    /// Whether exactly one branch may match (`oneOf`).
    pub(crate) exclusive: bool,
    pub(crate) branches: Vec<SchemaId>,
    /// Whether `null` passes in any case, since the schema around is nullable.
    pub(crate) spares_null: bool,
}

/// `not`.
#[derive(Debug, Clone)]
pub(crate) struct Exclusion {
    pub(crate) schema: SchemaId,
    pub(crate) spares_null: bool,
}

/// A keyword of JSON Schema 2020-12 that is compared as a whole.
#[derive(Debug, Clone)]
pub(crate) struct Opaque {
    pub(crate) keyword: &'static str,
    pub(crate) class: ClassId,
}

/// The keywords that are compared as a whole.
pub(crate) const OPAQUE: [&str; 14] = [
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
    "$dynamicRef",
];

/// What a shape says of one property.
#[derive(Debug, Clone, Default)]
pub(crate) struct Property {
    pub(crate) schemas: Vec<SchemaId>,
    /// The property is named under `properties`.
    pub(crate) declared: bool,
    /// No value is allowed: the schema that forbids the property.
    pub(crate) forbidden: Option<SchemaId>,
    /// The only value that is looked at.
    pub(crate) value: Option<Value>,
}

impl Shape<'_> {
    /// Every value.
    pub(crate) fn everything() -> Self {
        Self {
            members: Vec::new(),
            types: Types::ALL,
            enums: None,
            number: NumberFacets::default(),
            string: StringFacets::default(),
            array: ArrayFacets::default(),
            object: ObjectFacets::default(),
            unions: Vec::new(),
            nots: Vec::new(),
            opaque: Vec::new(),
            stated: BTreeMap::new(),
            unreadable: Vec::new(),
            flags: Flags::default(),
            contradicted: Types::NONE,
        }
    }
}

impl<'d> ObjectFacets<'d> {
    pub(crate) fn property(&self, name: &str) -> Property {
        let mut property = Property {
            value: self.tags.get(name).cloned().flatten(),
            ..Property::default()
        };
        for part in &self.parts {
            match (part.properties.get(name), part.beyond) {
                (Some(&schema), _) => {
                    property.declared = true;
                    property.schemas.push(schema);
                    if self.tags.get(name) == Some(&None) {
                        property.forbidden = Some(schema);
                    }
                }
                (None, Beyond::Schema(schema)) => property.schemas.push(schema),
                (None, Beyond::Closed(by)) => property.forbidden = Some(by),
                (None, Beyond::Open) => {}
            }
        }
        property
    }

    /// Looks only at objects in which a property has a value, or is not there.
    pub(crate) fn tag(&mut self, name: &str, value: Option<Value>) {
        let mut stated = self.parts.iter().flat_map(|part| &part.properties);
        if let Some((&name, &schema)) = stated.find(|(other, _)| **other == name) {
            if value.is_some() {
                self.required.entry(name).or_insert(schema);
            }
            self.tags.insert(name, value);
        }
    }

    /// What the shape says of a property that nothing names.
    pub(crate) fn beyond(&self) -> Property {
        let mut property = Property::default();
        for part in &self.parts {
            match part.beyond {
                Beyond::Open => {}
                Beyond::Closed(by) => property.forbidden = Some(by),
                Beyond::Schema(schema) => property.schemas.push(schema),
            }
        }
        property
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'d str> + '_ {
        self.parts
            .iter()
            .flat_map(|part| part.properties.keys().copied())
    }

    /// How many properties a value can have at most.
    pub(crate) fn most(&self) -> Option<u64> {
        let known = self.beyond().forbidden.map(|_| {
            let mut names: Vec<_> = self.names().collect();
            names.sort_unstable();
            names.dedup();
            names
                .into_iter()
                .filter(|name| self.property(name).forbidden.is_none())
                .count() as u64
        });
        [known, self.max].into_iter().flatten().min()
    }
}
