//! Writes `anyOf` such that nothing is lost where several of its alternatives hold.
//!
//! progenitor takes an alternative for all of a value. `{a, b}` may be both `{a}` and `{b}`, so a choice between objects
//! gets one more alternative here, which has the properties of all; [`crate::types::unions`] chooses it only where it
//! keeps more than any other.

use serde_json::{Map, Value, json};

use super::walk::{Kind, follow, walk};

pub(crate) fn normalise(document: &mut Value) {
    drop_required_alternatives(document);
    let mut changes = Vec::new();
    walk(document, &mut |pointer, kind, schema| {
        let has = |keyword: &str| schema.get(keyword).is_some();
        if kind != Kind::Schema || !has("anyOf") || has("oneOf") || has("discriminator") {
            return;
        }
        let parts: Vec<&Value> = parts(schema, "anyOf").collect();
        let objects: Option<Vec<&Map<String, Value>>> = parts
            .iter()
            .map(|part| follow(document, part).and_then(plain_object))
            .collect();
        if let Some(objects) = objects.filter(|objects| objects.len() > 1) {
            let mut all: Vec<Value> = parts.into_iter().cloned().collect();
            all.extend(together(&objects));
            changes.push((pointer.to_owned(), all));
        }
    });
    for (place, alternatives) in changes {
        if let Some(schema) = document.pointer_mut(&place).and_then(Value::as_object_mut) {
            schema.remove("anyOf");
            schema.insert("oneOf".to_owned(), Value::Array(alternatives));
        }
    }
}

/// The parts of a combination.
fn parts<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = &'a Value> {
    let parts = schema.get(keyword).and_then(Value::as_array);
    parts.into_iter().flatten()
}

/// A schema of an object that says all it says by its properties.
fn plain_object(schema: &Value) -> Option<&Map<String, Value>> {
    let combined = ["allOf", "oneOf", "anyOf", "not"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some());
    let properties = schema.get("properties").and_then(Value::as_object)?;
    (!combined && !properties.is_empty())
        .then(|| schema.as_object())
        .flatten()
}

/// An alternative with the properties of all; `None` if one of them has all the properties already.
fn together(objects: &[&Map<String, Value>]) -> Option<Value> {
    let of = |object: &Map<String, Value>, keyword: &str| object.get(keyword).cloned();
    let mut properties: Map<String, Value> = Map::new();
    for object in objects {
        for (name, schema) in object.get("properties").and_then(Value::as_object)? {
            let known = properties
                .entry(name.clone())
                .or_insert_with(|| schema.clone());
            if known != schema {
                // It may be either, so it may be anything.
                *known = json!({});
            }
        }
    }
    let count = |object: &&Map<String, Value>| {
        object
            .get("properties")
            .and_then(Value::as_object)
            .map_or(0, Map::len)
    };
    if objects
        .iter()
        .any(|object| count(object) == properties.len())
    {
        return None;
    }
    let (first, others) = objects.split_first()?;
    let mut required = match of(first, "required") {
        Some(Value::Array(names)) => names,
        _ => Vec::new(),
    };
    required.retain(|name| {
        others.iter().all(|other| {
            let names = other.get("required").and_then(Value::as_array);
            names.is_some_and(|names| names.contains(name))
        })
    });
    let mut schema = json!({ "type": "object", "properties": properties });
    if let (false, Some(schema)) = (required.is_empty(), schema.as_object_mut()) {
        schema.insert("required".to_owned(), Value::Array(required));
    }
    Some(schema)
}

/// `anyOf: [{ required: [a] }, { required: [b] }]` beside properties says which of them must be there. No type of Rust
/// says that; an enum of which each alternative has only its own property would drop the others.
fn drop_required_alternatives(document: &mut Value) {
    let only_required = |part: &Value| {
        part.as_object().is_some_and(|part| {
            part.contains_key("required")
                && part
                    .keys()
                    .all(|key| ["required", "type", "title", "description"].contains(&&**key))
        })
    };
    let mut places = Vec::new();
    walk(document, &mut |pointer, kind, schema| {
        for keyword in ["anyOf", "oneOf"] {
            let all = kind == Kind::Schema
                && parts(schema, keyword).next().is_some()
                && parts(schema, keyword).all(only_required);
            if all && schema.get("properties").is_some() {
                places.push((pointer.to_owned(), keyword));
            }
        }
    });
    for (place, keyword) in places {
        if let Some(schema) = document.pointer_mut(&place).and_then(Value::as_object_mut) {
            schema.remove(keyword);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(schema: Value) -> Value {
        let mut document = json!({ "paths": {}, "components": { "schemas": { "T": schema } } });
        normalise(&mut document);
        document["components"]["schemas"]["T"].take()
    }

    #[test]
    fn objects_that_may_hold_together_get_an_alternative_for_both() {
        let a = json!({ "required": ["id", "a"], "properties": { "id": {}, "a": { "type": "string" } } });
        let b = json!({ "required": ["id"], "properties": { "id": {}, "a": { "type": "integer" }, "b": {} } });
        let c = json!({ "properties": { "c": {} } });
        assert_eq!(
            schema(json!({ "anyOf": [a, b] })),
            json!({ "oneOf": [a, b] })
        );
        let all =
            json!({ "type": "object", "properties": { "id": {}, "a": {}, "b": {}, "c": {} } });
        assert_eq!(
            schema(json!({ "anyOf": [a, b, c] })),
            json!({ "oneOf": [a, b, c, all] })
        );
    }

    #[test]
    fn what_must_be_there_is_no_choice_of_types() {
        let properties = json!({ "a": {}, "b": {} });
        assert_eq!(
            schema(
                json!({ "properties": properties, "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] })
            ),
            json!({ "properties": properties })
        );
        let texts = json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] });
        assert_eq!(schema(texts.clone()), texts);
    }
}
