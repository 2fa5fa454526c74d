//! A schema of OpenAPI 3.0 as the JSON Schema that a validator understands.

use serde_json::{Map, Value, json};

/// The schema at `pointer` as a JSON Schema (draft 4, whose exclusive bounds OpenAPI 3.0 shares).
///
/// Formats are left out: what a format means differs from validator to validator.
#[must_use]
pub fn schema_at(document: &Value, pointer: &str) -> Value {
    let components = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let schemas: Map<String, Value> = components
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name.clone(), convert(schema)))
        .collect();
    let schema = document.pointer(pointer).map(convert).unwrap_or_default();
    json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "allOf": [schema],
        "components": { "schemas": schemas },
    })
}

/// Says in JSON Schema what `nullable` says, everywhere within a schema.
fn convert(schema: &Value) -> Value {
    let Some(object) = schema.as_object() else {
        return schema.clone();
    };
    if let Some(reference) = object.get("$ref") {
        return json!({ "$ref": reference });
    }
    let mut converted = Map::new();
    for (key, value) in object {
        let value = match (key.as_str(), value) {
            ("properties", Value::Object(all)) => all
                .iter()
                .map(|(name, schema)| (name.clone(), convert(schema)))
                .collect(),
            ("items" | "not" | "additionalProperties", inner) => convert(inner),
            ("allOf" | "anyOf" | "oneOf", Value::Array(all)) => all.iter().map(convert).collect(),
            // What says nothing about values, or not what JSON Schema means by it.
            (
                "nullable" | "example" | "default" | "discriminator" | "xml" | "externalDocs"
                | "format",
                _,
            ) => continue,
            (key, _) if key.starts_with("x-") => continue,
            (_, value) => value.clone(),
        };
        converted.insert(key.clone(), value);
    }
    if object.get("nullable") != Some(&Value::Bool(true)) {
        return Value::Object(converted);
    }
    json!({ "anyOf": [converted, { "enum": [null] }] })
}
