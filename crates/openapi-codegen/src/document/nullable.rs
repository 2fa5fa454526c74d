//! Moves `nullable` from a named schema to the places that refer to it.
//!
//! A named nullable schema makes progenitor write a type that *is* an `Option` inside (`Detail(Option<DetailInner>)`),
//! which no user wants to see. `nullable` says something about the place where a value stands, so that is where it
//! goes: the type stays plain, and its users hold an `Option` of it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::walk::{Kind, join, walk};

const SCHEMAS: &str = "/components/schemas";

pub(crate) fn normalise(document: &mut Value) {
    let components = document
        .pointer(SCHEMAS)
        .and_then(Value::as_object)
        .map_or(0, |all| all.len());
    // One more round for every alias of a nullable schema; a circle of aliases ends it too.
    for _ in 0..=components {
        let nullable = strip_components(document);
        if nullable.is_empty() {
            return;
        }
        let mut places = Vec::new();
        walk(document, &mut |pointer, kind, value| {
            let reference = value.get("$ref").and_then(Value::as_str);
            if kind == Kind::Schema && reference.is_some_and(|it| nullable.contains(it)) {
                places.push(pointer.to_owned());
            }
        });
        for place in places {
            if let Some(schema) = document.pointer_mut(&place) {
                let reference = schema.get("$ref").cloned();
                *schema = json!({ "allOf": [{ "$ref": reference }], "nullable": true });
            }
        }
    }
}

/// Takes `nullable` from every named schema; the references to those that had it.
fn strip_components(document: &mut Value) -> BTreeSet<String> {
    let mut stripped = BTreeSet::new();
    let schemas = document.pointer_mut(SCHEMAS).and_then(Value::as_object_mut);
    for (name, schema) in schemas.into_iter().flatten() {
        if schema.get("nullable") == Some(&Value::Bool(true)) {
            strip(schema);
            stripped.insert(join(&format!("#{SCHEMAS}"), name));
        }
    }
    stripped
}

/// Takes `nullable` from a schema, and `null` from its values.
pub(crate) fn strip(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    object.remove("nullable");
    if let Some(values) = object.get_mut("enum").and_then(Value::as_array_mut) {
        values.retain(|value| !value.is_null());
    }
}
