//! Gives every schema in the middle of something a type of its own.
//!
//! progenitor names the type of such a schema after its `title` or after the place where it stands, and where that
//! name is taken it uses the type that has it, whatever that is: `status` of a `Pet` would become the schema
//! `PetStatus`. So each gets its name as a `title` here, and the second of one name and another meaning becomes a named
//! schema with a name of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::walk::{Kind, walk};
use super::{lift, naming, nullable};

/// What says something about a type and does not make it another.
const PROSE: [&str; 8] = [
    "title",
    "description",
    "example",
    "default",
    "nullable",
    "deprecated",
    "readOnly",
    "writeOnly",
];

pub(crate) fn separate(document: &mut Value) {
    let mut types: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let mut inline = Vec::new();
    // The named schemas, by the names of their types.
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    walk(document, &mut |pointer, kind, schema| {
        if kind != Kind::Schema {
            return;
        }
        match naming::component(pointer) {
            Some(("schemas", name)) => {
                types.insert(naming::type_name(&name), meaning(schema));
                named.insert(naming::type_name(&name), name);
            }
            _ if becomes_a_type(schema) && !is_merged(pointer) => inline.push(pointer.to_owned()),
            _ => {}
        }
    });
    let mut taken: BTreeSet<String> = types.keys().cloned().collect();
    // Who has got a title already, by the name that was wanted: the same schema again is the same type.
    let mut separated: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut moved = Vec::new();
    for pointer in inline {
        let place = naming::for_schema(document, &pointer);
        let Some(schema) = document.pointer_mut(&pointer) else {
            continue;
        };
        let title = schema.get("title").and_then(Value::as_str);
        let name = title.map_or_else(|| place.clone(), naming::type_name);
        let own = meaning(schema);
        match types.get(&name) {
            Some(other) if *other == own => {
                // progenitor would make the type of the named schema once more.
                if let Some(component) = named.get(&name) {
                    *schema = lift::reference(schema, component);
                }
            }
            Some(_) => {
                let others = separated.entry(name).or_default();
                let same = others.iter().find(|other| types.get(*other) == Some(&own));
                let title = same.cloned().unwrap_or_else(|| {
                    let title = naming::unique(&place, &mut taken);
                    others.push(title.clone());
                    title
                });
                moved.push((pointer, title.clone()));
                types.insert(title, own);
            }
            None => {
                if !is_alternative(&pointer) {
                    set_title(schema, &name);
                }
                taken.insert(name.clone());
                types.insert(name, own);
            }
        }
    }
    // A title would not do: where null is allowed progenitor does not look at it. What stands within another moves
    // first.
    for (pointer, name) in moved.into_iter().rev() {
        if let Some(schema) = document.pointer_mut(&pointer) {
            let outside = lift::reference(schema, &name);
            let mut schema = std::mem::replace(schema, outside);
            nullable::strip(&mut schema);
            lift::add_component(document, &name, &schema);
        }
    }
}

/// Whether a schema says nothing about values beside one keyword.
pub(super) fn says_no_more(schema: &Value, keyword: &str) -> bool {
    meaning(schema).keys().all(|key| key == keyword)
}

/// A schema without what is only said about it and its parts.
pub(super) fn deep_meaning(schema: &Value) -> Value {
    let parts = |value: &Value| match value {
        Value::Array(parts) => parts.iter().map(deep_meaning).collect(),
        value => deep_meaning(value),
    };
    let Value::Object(_) = schema else {
        return schema.clone();
    };
    let all = meaning(schema).into_iter().map(|(key, value)| {
        let value = match (key.as_str(), &value) {
            ("properties", Value::Object(all)) => all
                .iter()
                .map(|(name, schema)| (name.clone(), deep_meaning(schema)))
                .collect(),
            ("items" | "not" | "additionalProperties" | "allOf" | "anyOf" | "oneOf", value) => {
                parts(value)
            }
            _ => value,
        };
        (key, value)
    });
    all.collect()
}

fn set_title(schema: &mut Value, title: &str) {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".to_owned(), Value::from(title));
    }
}

/// A schema without what is only said about it.
fn meaning(schema: &Value) -> Map<String, Value> {
    let keywords = schema.as_object().into_iter().flatten();
    keywords
        .filter(|(key, _)| !PROSE.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// Whether progenitor makes a type with a name of a schema.
fn becomes_a_type(schema: &Value) -> bool {
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| schema.get(keyword).is_some());
    schema.get("$ref").is_none()
        && match schema.get("type").and_then(Value::as_str) {
            Some("string") => has(&["enum", "pattern", "minLength", "maxLength"]),
            Some("object") | None => has(&["properties", "oneOf", "anyOf", "allOf", "enum"]),
            _ => has(&["enum", "oneOf", "anyOf", "allOf"]),
        }
        // A wrapped reference is what it refers to.
        && schema
            .get("allOf")
            .and_then(Value::as_array)
            .is_none_or(|parts| parts.len() > 1 || parts.iter().all(|it| it.get("$ref").is_none()))
}

/// Whether a schema is one of `oneOf` or `anyOf`: its title would name the variant too.
fn is_alternative(pointer: &str) -> bool {
    let mut steps = pointer.rsplit('/');
    steps.next();
    matches!(steps.next(), Some("oneOf" | "anyOf"))
}

/// Whether a schema is only a part of the one around it.
fn is_merged(pointer: &str) -> bool {
    let mut steps = pointer.rsplit('/');
    steps.next();
    steps.next() == Some("allOf")
}
