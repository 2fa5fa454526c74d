//! Values that differ from a valid one in one thing that the document forbids.

use openapi_codegen::document::walk::{join, resolve};
use serde_json::{Map, Value};

use crate::compare::effective;

/// A value that is wrong in one place.
pub(crate) struct Wrong {
    pub(crate) value: Value,
    /// The schema that forbids it.
    pub(crate) pointer: String,
    /// The keyword that forbids it.
    pub(crate) keyword: &'static str,
}

/// Everything that one schema forbids, each tried on a valid value.
pub(crate) fn variants(
    document: &Value,
    schema: &Value,
    pointer: &str,
    value: &Value,
) -> Vec<Wrong> {
    let mut found = Vec::new();
    collect(document, schema, pointer, value, &mut found);
    found
}

fn collect(document: &Value, schema: &Value, pointer: &str, value: &Value, found: &mut Vec<Wrong>) {
    let plain = effective(document, schema);
    // What the schema of a reference forbids is said at that schema; what a place forbids, at the place.
    let home = home(document, schema, pointer);
    let mut wrong = |value: Value, pointer: &str, keyword: &'static str| {
        found.push(Wrong {
            value,
            pointer: pointer.to_owned(),
            keyword,
        });
    };
    if plain.get("nullable") != Some(&Value::Bool(true)) {
        wrong(Value::Null, pointer, "nullable");
    }
    wrong(other_type(value), &home, "type");
    if let Value::Number(number) = value {
        let whole = number.as_i64();
        let bound = |key: &str| plain.get(key).and_then(Value::as_i64);
        if let Some(below) = bound("minimum").and_then(|bound| bound.checked_sub(1)) {
            wrong(Value::from(below), &home, "minimum");
        }
        if let Some(above) = bound("maximum").and_then(|bound| bound.checked_add(1)) {
            wrong(Value::from(above), &home, "maximum");
        }
        if let (Some(whole), Some(_)) = (whole, bound("multipleOf")) {
            wrong(Value::from(whole.saturating_add(1)), &home, "multipleOf");
        }
    }
    if let Value::String(text) = value {
        let count = |key: &str| {
            plain
                .get(key)
                .and_then(Value::as_u64)
                .and_then(|count| usize::try_from(count).ok())
        };
        if let Some(most) = count("maxLength") {
            wrong(
                Value::from("x".repeat(most.saturating_add(1).min(10_000))),
                &home,
                "maxLength",
            );
        }
        if let Some(least) = count("minLength") {
            wrong(
                Value::from("x".repeat(least.saturating_sub(1))),
                &home,
                "minLength",
            );
        }
        if plain.contains_key("enum") {
            wrong(Value::from(format!("not {text}")), &home, "enum");
        }
        if plain.contains_key("pattern") {
            wrong(Value::from("\u{7} no such text"), &home, "pattern");
        }
    }
    match value {
        Value::Object(object) => in_object(document, &plain, &home, object, found),
        Value::Array(entries) => in_array(document, &plain, &home, entries, found),
        _ => {}
    }
}

fn in_object(
    document: &Value,
    schema: &Map<String, Value>,
    home: &str,
    object: &Map<String, Value>,
    found: &mut Vec<Wrong>,
) {
    let properties = schema.get("properties").and_then(Value::as_object);
    let required = schema.get("required").and_then(Value::as_array);
    for name in required.into_iter().flatten().filter_map(Value::as_str) {
        let mut without = object.clone();
        without.remove(name);
        let pointer = join(&join(home, "properties"), name);
        found.push(Wrong {
            value: Value::Object(without),
            pointer,
            keyword: "required",
        });
    }
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        let mut more = object.clone();
        more.insert("one too many".to_owned(), Value::Bool(true));
        found.push(Wrong {
            value: Value::Object(more),
            pointer: home.to_owned(),
            keyword: "additionalProperties",
        });
    }
    for (name, property) in properties.into_iter().flatten() {
        let Some(value) = object.get(name) else {
            continue;
        };
        let pointer = join(&join(home, "properties"), name);
        for wrong in variants(document, property, &pointer, value) {
            let mut changed = object.clone();
            changed.insert(name.clone(), wrong.value);
            found.push(Wrong {
                value: Value::Object(changed),
                ..wrong
            });
        }
    }
}

fn in_array(
    document: &Value,
    schema: &Map<String, Value>,
    home: &str,
    entries: &[Value],
    found: &mut Vec<Wrong>,
) {
    let count = |key: &str| {
        schema
            .get(key)
            .and_then(Value::as_u64)
            .and_then(|count| usize::try_from(count).ok())
    };
    if let (Some(most), Some(first)) = (count("maxItems"), entries.first())
        && most < 1_000
    {
        let value = Value::from(vec![first.clone(); most + 1]);
        found.push(Wrong {
            value,
            pointer: home.to_owned(),
            keyword: "maxItems",
        });
    }
    if count("minItems").is_some_and(|least| least > 0) {
        found.push(Wrong {
            value: Value::Array(Vec::new()),
            pointer: home.to_owned(),
            keyword: "minItems",
        });
    }
    if let (Some(items), Some(first)) = (schema.get("items"), entries.first()) {
        for wrong in variants(document, items, &join(home, "items"), first) {
            let mut changed = entries.to_vec();
            if let Some(first) = changed.first_mut() {
                *first = wrong.value;
            }
            found.push(Wrong {
                value: Value::Array(changed),
                ..wrong
            });
        }
    }
}

/// A value of another JSON type.
fn other_type(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::from(7),
        Value::Object(_) | Value::Array(_) => Value::from("text"),
        _ => Value::Object(Map::new()),
    }
}

/// Where the schema that a schema refers to is at home.
fn home(document: &Value, schema: &Value, pointer: &str) -> String {
    let mut home = pointer.to_owned();
    let mut schema = Some(schema);
    for _ in 0..64 {
        let Some(part) = schema else { break };
        let single = part
            .get("allOf")
            .and_then(Value::as_array)
            .filter(|all| all.len() == 1);
        let part = single.and_then(|all| all.first()).unwrap_or(part);
        let Some(reference) = part.get("$ref").and_then(Value::as_str) else {
            break;
        };
        home = reference.trim_start_matches('#').to_owned();
        schema = resolve(document, reference);
    }
    home
}
