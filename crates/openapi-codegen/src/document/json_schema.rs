//! A schema of OpenAPI 3.0 as the JSON Schema that a validator understands.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::naming;
use super::walk::{Kind, follow, walk_from};

/// The schema at `pointer` as a JSON Schema (draft 4, whose exclusive bounds OpenAPI 3.0 shares).
///
/// Formats are left out: what a format means differs from validator to validator. Properties that have one of the
/// keywords `waived` (`readOnly`, `writeOnly`) need not be there, required or not.
#[must_use]
pub fn schema_at(document: &Value, pointer: &str, waived: &[&str]) -> Value {
    let convert = Convert { document, waived };
    let schema = document.pointer(pointer).unwrap_or(&Value::Null);
    let mut schemas = Map::new();
    let mut seen = BTreeSet::new();
    let mut open = references(schema);
    while let Some(reference) = open.pop() {
        if let Some(("schemas", name)) = naming::component(reference)
            && seen.insert(reference)
            && let Some(schema) = document.pointer(reference.trim_start_matches('#'))
        {
            open.extend(references(schema));
            schemas.insert(name, convert.schema(schema));
        }
    }
    json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "allOf": [convert.schema(schema)],
        "components": { "schemas": schemas },
    })
}

/// What a schema refers to, wherever in it.
fn references(schema: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    walk_from(schema, "", Kind::Schema, &mut |_, _, part| {
        found.extend(part.get("$ref").and_then(Value::as_str));
    });
    found
}

struct Convert<'a> {
    document: &'a Value,
    waived: &'a [&'a str],
}

impl Convert<'_> {
    /// Says in JSON Schema what `nullable` says, everywhere within a schema.
    fn schema(&self, schema: &Value) -> Value {
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
                    .map(|(name, schema)| (name.clone(), self.schema(schema)))
                    .collect(),
                ("items" | "not" | "additionalProperties", inner) => self.schema(inner),
                ("allOf" | "anyOf" | "oneOf", Value::Array(all)) => {
                    all.iter().map(|schema| self.schema(schema)).collect()
                }
                ("required", Value::Array(names)) => {
                    let properties = object.get("properties");
                    let needed = names
                        .iter()
                        .filter(|name| !self.is_waived(properties, name));
                    let needed: Vec<_> = needed.cloned().collect();
                    // In draft 4 an empty list is none.
                    if needed.is_empty() {
                        continue;
                    }
                    Value::Array(needed)
                }
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

    fn is_waived(&self, properties: Option<&Value>, name: &Value) -> bool {
        let property = properties
            .zip(name.as_str())
            .and_then(|(all, name)| all.get(name));
        let target = property.and_then(|property| follow(self.document, property));
        let is_true = |schema: Option<&Value>, keyword: &str| {
            schema.and_then(|schema| schema.get(keyword)) == Some(&Value::Bool(true))
        };
        self.waived
            .iter()
            .any(|keyword| is_true(property, keyword) || is_true(target, keyword))
    }
}
