//! Keeps the properties that a schema allows beside those it names.
//!
//! `additionalProperties: true` says that there may be more, and progenitor drops what comes; for a schema, the empty
//! one included, it makes a map. A schema that does not mention `additionalProperties` is left alone: nearly all are
//! such, and a map in each of their types would be in everyone's way.

use serde_json::{Value, json};

use super::walk::{Kind, walk};

pub(crate) fn normalise(document: &mut Value) {
    let mut places = Vec::new();
    walk(document, &mut |pointer, kind, schema| {
        let named = schema
            .get("properties")
            .and_then(Value::as_object)
            .is_some_and(|properties| !properties.is_empty());
        let combined = ["allOf", "anyOf", "oneOf"]
            .iter()
            .any(|keyword| schema.get(keyword).is_some());
        let allowed = schema.get("additionalProperties") == Some(&Value::Bool(true));
        if kind == Kind::Schema && named && allowed && !combined {
            places.push(pointer.to_owned());
        }
    });
    for place in places {
        if let Some(schema) = document.pointer_mut(&place).and_then(Value::as_object_mut) {
            schema.insert("additionalProperties".to_owned(), json!({}));
        }
    }
}
