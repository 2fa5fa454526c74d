//! Turns the schemas of an OpenAPI 3.0 document into JSON Schema, which differs in a few keywords.

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::error::StartError;

/// Where a converted document keeps the contract's named schemas.
const COMPONENTS: &str = "#/components/schemas/";

/// The named schemas of a document, converted once, against which any schema of it can be compiled.
pub(crate) struct Schemas {
    definitions: Value,
}

impl Schemas {
    /// Converts `components.schemas` of `document`.
    pub(crate) fn of(document: &Value) -> Self {
        let definitions = match document.pointer("/components/schemas") {
            Some(Value::Object(named)) => named
                .iter()
                .map(|(name, schema)| (name.clone(), json_schema(schema)))
                .collect(),
            _ => Map::new(),
        };
        Self {
            definitions: Value::Object(definitions),
        }
    }

    /// Compiles one schema of the document.
    pub(crate) fn compile(&self, schema: &Value) -> Result<Validator, StartError> {
        let root = json!({ "$defs": self.definitions, "allOf": [json_schema(schema)] });
        jsonschema::draft202012::new(&root)
            .map_err(|error| StartError::Contract(format!("a schema does not compile: {error}")))
    }
}

/// One OpenAPI 3.0 schema as JSON Schema: `nullable` becomes a type, the boolean `exclusive...` keywords become
/// numbers, references point at the converted definitions and hide their siblings.
fn json_schema(schema: &Value) -> Value {
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
        return json!({ "$ref": reference.replacen(COMPONENTS, "#/$defs/", 1) });
    }
    let nullable = keywords.get("nullable") == Some(&Value::Bool(true));
    let mut converted = Map::new();
    for (keyword, value) in keywords {
        let value = match keyword.as_str() {
            // OpenAPI's own words, which JSON Schema would ignore or misread.
            "nullable" | "example" | "discriminator" | "xml" | "externalDocs" | "deprecated" => {
                continue;
            }
            "exclusiveMinimum" | "exclusiveMaximum" => match exclusive_bound(keywords, keyword) {
                Some(bound) => bound,
                None => continue,
            },
            "minimum" if is_exclusive(keywords, "exclusiveMinimum") => continue,
            "maximum" if is_exclusive(keywords, "exclusiveMaximum") => continue,
            "type" if nullable => json!([value, "null"]),
            "enum" if nullable => with_null(value),
            "items" | "not" | "additionalProperties" => json_schema(value),
            "allOf" | "anyOf" | "oneOf" => each(value),
            "properties" => named(value),
            _ => value.clone(),
        };
        converted.insert(keyword.clone(), value);
    }
    Value::Object(converted)
}

fn is_exclusive(keywords: &Map<String, Value>, keyword: &str) -> bool {
    keywords.get(keyword) == Some(&Value::Bool(true))
}

fn exclusive_bound(keywords: &Map<String, Value>, keyword: &str) -> Option<Value> {
    let bound = if keyword == "exclusiveMinimum" {
        "minimum"
    } else {
        "maximum"
    };
    is_exclusive(keywords, keyword)
        .then(|| keywords.get(bound).cloned())
        .flatten()
}

/// `nullable` with an `enum` allows null even where the list does not name it.
fn with_null(values: &Value) -> Value {
    let mut values = values.as_array().cloned().unwrap_or_default();
    if !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
    Value::Array(values)
}

fn each(schemas: &Value) -> Value {
    schemas.as_array().map_or_else(
        || schemas.clone(),
        |list| list.iter().map(json_schema).collect(),
    )
}

fn named(schemas: &Value) -> Value {
    let Value::Object(properties) = schemas else {
        return schemas.clone();
    };
    let converted = properties
        .iter()
        .map(|(name, schema)| (name.clone(), json_schema(schema)));
    Value::Object(converted.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(schema: Value, instance: Value) -> bool {
        let document = json!({ "components": { "schemas": { "Name": {
            "type": "string", "nullable": true, "enum": ["a", "b"]
        } } } });
        Schemas::of(&document)
            .compile(&schema)
            .unwrap()
            .is_valid(&instance)
    }

    #[test]
    fn nullable_allows_null_beside_the_type_and_the_enum() {
        let reference = json!({ "$ref": "#/components/schemas/Name" });
        assert!(accepts(reference.clone(), Value::Null));
        assert!(accepts(reference.clone(), json!("a")));
        assert!(!accepts(reference, json!("c")));
        assert!(!accepts(json!({ "type": "string" }), Value::Null));
        let without_type = json!({ "nullable": true, "allOf": [{ "type": "string" }] });
        assert!(
            !accepts(without_type, Value::Null),
            "nullable needs a type beside it"
        );
    }

    #[test]
    fn exclusive_bounds_become_numbers() {
        let above_one = json!({ "type": "integer", "minimum": 1, "exclusiveMinimum": true });
        assert!(!accepts(above_one.clone(), json!(1)));
        assert!(accepts(above_one, json!(2)));
        let from_one = json!({ "type": "integer", "minimum": 1, "exclusiveMinimum": false });
        assert!(accepts(from_one, json!(1)));
    }

    #[test]
    fn nested_schemas_are_converted_and_siblings_of_a_reference_are_hidden() {
        let nested = json!({ "type": "object", "properties": {
            "names": { "type": "array", "items": { "$ref": "#/components/schemas/Name", "maxLength": 0 } }
        } });
        assert!(accepts(nested.clone(), json!({ "names": ["a", null] })));
        assert!(!accepts(nested, json!({ "names": ["c"] })));
    }
}
