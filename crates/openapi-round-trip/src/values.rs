//! Values that the document allows must survive; values that it forbids must not be read.

use jsonschema::Validator;
use openapi_codegen::document::json_schema;
use openapi_codegen::document::walk::join;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Number, Value};

use crate::compare::effective;
use crate::forbidden;
use crate::generated_type::GeneratedType;
use crate::loss::Loss;

/// So many values are made of each schema.
const VALUES: usize = 100;

/// Tries all types; the losses that show in values.
pub(crate) fn try_all(document: &Value, types: &[GeneratedType]) -> Vec<Loss> {
    let mut losses = Vec::new();
    for known in types {
        try_one(document, known, &mut losses);
    }
    losses
}

fn try_one(document: &Value, known: &GeneratedType, losses: &mut Vec<Loss>) {
    let pointer = join("/components/schemas", known.name);
    let Some(schema) = document.pointer(&pointer) else {
        return;
    };
    let validator =
        match jsonschema::options().build(&json_schema::schema_at(document, &pointer, &[])) {
            Ok(validator) => validator,
            Err(error) => {
                losses.push(Loss::new(
                    &pointer,
                    "values",
                    format!("the schema is none: {error}"),
                ));
                return;
            }
        };
    let strategy = of_schema(document, schema, 0);
    // The same values every time: what was found once is found again.
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    for _ in 0..VALUES {
        let Ok(tree) = strategy.new_tree(&mut runner) else {
            return;
        };
        let value = tree.current();
        // A pattern or a combination may be more than the generator of values knows.
        if value.is_null() || !validator.is_valid(&value) {
            continue;
        }
        survive(known, &pointer, &validator, &value, losses);
        for wrong in forbidden::variants(document, schema, &pointer, &value) {
            if !validator.is_valid(&wrong.value) && (known.again)(&wrong.value).is_ok() {
                let message = format!(
                    "the document forbids {}, the type takes it",
                    short(&wrong.value)
                );
                losses.push(Loss::new(&wrong.pointer, wrong.keyword, message));
            }
        }
    }
}

fn survive(
    known: &GeneratedType,
    pointer: &str,
    validator: &Validator,
    value: &Value,
    losses: &mut Vec<Loss>,
) {
    match (known.again)(value) {
        Err(error) => {
            let message = format!("{} is valid and cannot be read: {error}", short(value));
            losses.push(Loss::new(pointer, "values", message));
        }
        Ok(again) if !is_same(value, &again) => {
            let message = format!("{} was written again as {}", short(value), short(&again));
            losses.push(Loss::new(pointer, "values", message));
        }
        Ok(again) if !validator.is_valid(&again) => {
            let message = format!(
                "{} was written again as {}, which is not valid",
                short(value),
                short(&again)
            );
            losses.push(Loss::new(pointer, "values", message));
        }
        Ok(_) => {}
    }
}

/// Equal but for null, which stands for absent; for defaults, which are written out; and for the form of numbers.
fn is_same(value: &Value, again: &Value) -> bool {
    match (value, again) {
        (Value::Object(mine), Value::Object(yours)) => {
            mine.iter().all(|(key, value)| match yours.get(key) {
                Some(again) => is_same(value, again),
                None => value.is_null() || key.starts_with(UNKNOWN),
            })
        }
        (Value::Array(mine), Value::Array(yours)) => {
            mine.len() == yours.len()
                && mine
                    .iter()
                    .zip(yours)
                    .all(|(value, again)| is_same(value, again))
        }
        (Value::Number(mine), Value::Number(yours)) => mine.as_f64() == yours.as_f64(),
        (mine, yours) => mine == yours,
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    let mut short: String = text.chars().take(160).collect();
    if short.len() < text.len() {
        short.push_str(" ...");
    }
    short
}

/// A property that no document has: it must be overread.
const UNKNOWN: &str = "a property that came later ";

/// So deep are values made at most: schemas that need each other have no end.
const DEEPEST: usize = 12;

/// Values of a schema.
fn of_schema(document: &Value, schema: &Value, depth: usize) -> BoxedStrategy<Value> {
    if depth > DEEPEST {
        return anything();
    }
    let schema = effective(document, schema);
    let nullable = schema.get("nullable") == Some(&Value::Bool(true));
    let plain = of_plain(document, &schema, depth);
    if nullable {
        prop_oneof![1 => Just(Value::Null), 4 => plain].boxed()
    } else {
        plain
    }
}

fn of_plain(document: &Value, schema: &Map<String, Value>, depth: usize) -> BoxedStrategy<Value> {
    if let Some(values) = schema.get("enum").and_then(Value::as_array)
        && !values.is_empty()
    {
        return proptest::sample::select(values.clone()).boxed();
    }
    for combination in ["oneOf", "anyOf"] {
        if let Some(all) = schema.get(combination).and_then(Value::as_array)
            && !all.is_empty()
            && depth < 6
        {
            let all: Vec<_> = all
                .iter()
                .map(|schema| of_schema(document, schema, depth + 1))
                .collect();
            return proptest::strategy::Union::new(all).boxed();
        }
    }
    if let Some(all) = schema.get("allOf").and_then(Value::as_array)
        && depth < 6
    {
        let all: Vec<_> = all
            .iter()
            .map(|schema| of_schema(document, schema, depth + 1))
            .collect();
        return all.prop_map(merge).boxed();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => strings(schema),
        Some("integer") => integers(schema),
        Some("number") => (-1_000_000i32..1_000_000)
            .prop_map(|tenths| Value::from(f64::from(tenths) / 8.0))
            .boxed(),
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("array") => {
            let count = |key: &str| {
                schema
                    .get(key)
                    .and_then(Value::as_u64)
                    .and_then(|count| usize::try_from(count).ok())
            };
            let least = count("minItems").unwrap_or(0);
            let most = count("maxItems")
                .unwrap_or(least + 4)
                .min(least + 4)
                .max(least);
            let items = match schema.get("items") {
                Some(items) if depth < 6 => of_schema(document, items, depth + 1),
                _ => anything(),
            };
            let most = if depth < 6 { most } else { least };
            proptest::collection::vec(items, least..=most)
                .prop_map(Value::from)
                .boxed()
        }
        Some("object") => objects(document, schema, depth),
        _ if schema.contains_key("properties") => objects(document, schema, depth),
        _ => anything(),
    }
}

fn merge(parts: Vec<Value>) -> Value {
    let mut merged = Map::new();
    for part in parts {
        match part {
            Value::Object(part) => merged.extend(part),
            other => return other,
        }
    }
    Value::Object(merged)
}

fn anything() -> BoxedStrategy<Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        ".{0,5}".prop_map(Value::from)
    ]
    .boxed()
}

fn strings(schema: &Map<String, Value>) -> BoxedStrategy<Value> {
    let sample = |texts: Vec<&'static str>| {
        proptest::sample::select(texts)
            .prop_map(Value::from)
            .boxed()
    };
    match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => return sample(vec!["2026-11-23T06:00:00Z", "1999-12-31T23:59:59Z"]),
        Some("date") => return sample(vec!["2026-11-23", "2000-02-29"]),
        Some("uuid") => return sample(vec!["30ee8654-1aa2-7d88-8248-9518547248aa"]),
        Some("ipv4" | "ip") => return sample(vec!["127.0.0.1"]),
        Some("ipv6") => return sample(vec!["::1"]),
        _ => {}
    }
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
        && let Ok(texts) =
            proptest::string::string_regex(pattern.trim_start_matches('^').trim_end_matches('$'))
    {
        return texts.prop_map(Value::from).boxed();
    }
    let count = |key: &str| {
        schema
            .get(key)
            .and_then(Value::as_u64)
            .and_then(|count| usize::try_from(count).ok())
    };
    let least = count("minLength").unwrap_or(0);
    let most = count("maxLength")
        .unwrap_or(least + 8)
        .min(least + 8)
        .max(least);
    let any_text = proptest::collection::vec(any::<char>(), least..=most)
        .prop_map(|letters| Value::from(letters.into_iter().collect::<String>()));
    match schema.get("x-extensible-enum").and_then(Value::as_array) {
        Some(known) if !known.is_empty() => {
            prop_oneof![proptest::sample::select(known.clone()), any_text].boxed()
        }
        _ => any_text.boxed(),
    }
}

fn integers(schema: &Map<String, Value>) -> BoxedStrategy<Value> {
    let narrow = schema.get("format").and_then(Value::as_str) == Some("int32");
    let (lowest, highest) = if narrow {
        (i64::from(i32::MIN), i64::from(i32::MAX))
    } else {
        (i64::MIN, i64::MAX)
    };
    let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
    let min = bound("minimum").unwrap_or(lowest);
    let max = bound("maximum").unwrap_or(highest).max(min);
    let step = bound("multipleOf").unwrap_or(1).max(1);
    // The ends are where mistakes are.
    let ends = prop_oneof![Just(min), Just(max), min..=max];
    ends.prop_map(move |value| Value::Number(Number::from(value - value.rem_euclid(step))))
        .boxed()
}

fn objects(document: &Value, schema: &Map<String, Value>, depth: usize) -> BoxedStrategy<Value> {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut all: BoxedStrategy<Map<String, Value>> = Just(Map::new()).boxed();
    for (name, property) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let needed = required.contains(&name.as_str());
        if !needed && depth >= 3 {
            continue;
        }
        let name = name.clone();
        let value = of_schema(document, property, depth + 1);
        let value = if needed {
            value.prop_map(Some).boxed()
        } else {
            proptest::option::of(value).boxed()
        };
        all = (all, value)
            .prop_map(move |(mut object, value)| {
                if let Some(value) = value {
                    object.insert(name.clone(), value);
                }
                object
            })
            .boxed();
    }
    match schema.get("additionalProperties") {
        Some(Value::Object(more)) if depth < 4 => {
            let values = of_schema(document, &Value::Object(more.clone()), depth + 1);
            (
                all,
                proptest::collection::btree_map("[a-z]{1,6}", values, 0..3),
            )
                .prop_map(|(mut object, more)| {
                    for (key, value) in more {
                        object.entry(key).or_insert(value);
                    }
                    Value::Object(object)
                })
                .boxed()
        }
        Some(Value::Bool(false)) => all.prop_map(Value::Object).boxed(),
        // What the server adds later must not stop a client that was generated before.
        _ => (all, any::<bool>())
            .prop_map(|(mut object, later)| {
                if later && !object.is_empty() {
                    object.insert(format!("{UNKNOWN}1"), Value::from("new"));
                }
                Value::Object(object)
            })
            .boxed(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_of_schemas_that_need_each_other_come_to_an_end() {
        let refers = |to: &str| json!({ "$ref": format!("#/components/schemas/{to}") });
        let wide: Map<String, Value> = (0..12)
            .map(|index| (format!("p{index}"), refers("Wide")))
            .collect();
        let document = json!({ "components": { "schemas": {
            "One": { "type": "object", "required": ["two"], "properties": { "two": refers("Two") } },
            "Two": { "type": "object", "required": ["one"], "properties": { "one": refers("One") } },
            "Wide": { "type": "object", "properties": wide },
        } } });
        let mut runner = TestRunner::deterministic();
        for name in ["One", "Wide"] {
            let values = of_schema(&document, &refers(name), 0);
            let value = values.new_tree(&mut runner).unwrap().current();
            assert!(value.is_object(), "{value}");
            assert!(forbidden::variants(&document, &refers(name), "", &value).len() < 100_000);
        }
    }
}
