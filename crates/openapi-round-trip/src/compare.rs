//! Compares the document with the one that was made from the types, schema by schema, keyword by keyword.

use std::collections::BTreeSet;

use openapi_codegen::document::walk::{join, resolve};
use serde_json::{Map, Value};

use crate::generated_type::GeneratedType;
use crate::loss::Loss;

/// What a schema says about values. What it says to people is not compared.
const KEYWORDS: [&str; 16] = [
    "type",
    "format",
    "enum",
    "x-extensible-enum",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "default",
];

/// The losses in every named schema.
pub(crate) fn compare(document: &Value, generated: &Value, types: &[GeneratedType]) -> Vec<Loss> {
    let mut comparison = Comparison {
        document,
        generated,
        seen: BTreeSet::new(),
        losses: Vec::new(),
    };
    for known in types {
        let pointer = join("/components/schemas", known.name);
        comparison.at(&pointer, &pointer);
    }
    comparison.losses
}

struct Comparison<'a> {
    document: &'a Value,
    generated: &'a Value,
    /// The places of the document that have been compared.
    seen: BTreeSet<String>,
    losses: Vec<Loss>,
}

impl Comparison<'_> {
    /// Compares what stands at a place of the document with what stands at a place of the generated one.
    fn at(&mut self, pointer: &str, other: &str) {
        if !self.seen.insert(pointer.to_owned()) {
            return;
        }
        let (Some(own), Some(other)) = (
            self.document.pointer(pointer),
            self.generated.pointer(other),
        ) else {
            self.lose(pointer, "type", "no type was generated".to_owned());
            return;
        };
        // A reference is compared where it leads; only what the place adds to it (null) is compared here.
        let wrapped = is_wrapped(own);
        let (own, other) = (
            effective(self.document, own),
            effective(self.generated, other),
        );
        self.nullable(pointer, &own, &other);
        if !wrapped {
            self.schemas(pointer, &own, &other);
        }
    }

    fn nullable(&mut self, pointer: &str, own: &Map<String, Value>, other: &Map<String, Value>) {
        let says = |schema: &Map<String, Value>| schema.get("nullable") == Some(&Value::Bool(true));
        match (says(own), says(other)) {
            (false, true) => self.lose(
                pointer,
                "nullable",
                "null is taken, and stands for absent".to_owned(),
            ),
            // A named type is plain, and its users hold an option of it.
            (true, false) if pointer.matches('/').count() > 3 => {
                self.lose(pointer, "nullable", "null is not taken".to_owned());
            }
            _ => {}
        }
    }

    fn schemas(&mut self, pointer: &str, own: &Map<String, Value>, other: &Map<String, Value>) {
        for keyword in KEYWORDS {
            let (mine, yours) = (stated(own, keyword), stated(other, keyword));
            if mine != yours {
                let show = |value: Option<&Value>| {
                    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
                };
                let message = format!(
                    "the document says {}, the type {}",
                    show(mine.as_ref()),
                    show(yours.as_ref())
                );
                self.lose(pointer, keyword, message);
            }
        }
        self.properties(pointer, own, other);
        for (keyword, mine) in own {
            let place = join(pointer, keyword);
            match (keyword.as_str(), mine, other.get(keyword)) {
                (
                    "items" | "additionalProperties",
                    Value::Object(_),
                    Some(Value::Object(yours)),
                ) => {
                    self.inner(&place, mine, yours);
                }
                ("items" | "additionalProperties" | "not", Value::Object(all), None)
                    if !all.is_empty() =>
                {
                    self.lose(
                        pointer,
                        keyword,
                        "the type says nothing about it".to_owned(),
                    );
                }
                ("additionalProperties", Value::Bool(false), yours)
                    if yours != Some(&Value::Bool(false)) =>
                {
                    self.lose(
                        pointer,
                        keyword,
                        "unknown properties are taken, and dropped".to_owned(),
                    );
                }
                ("oneOf" | "anyOf" | "allOf", Value::Array(mine), yours) => {
                    // A type is a choice, whichever of the two words says so, and may have one more for all together.
                    let other_word = match keyword.as_str() {
                        "oneOf" => "anyOf",
                        "anyOf" => "oneOf",
                        keyword => keyword,
                    };
                    let yours = yours.or_else(|| other.get(other_word));
                    let yours = yours.and_then(Value::as_array).map_or(0, Vec::len);
                    if mine.len() > yours && !own.contains_key("x-extensible-enum") {
                        let message = format!(
                            "the document combines {} schemas, the type {yours}",
                            mine.len()
                        );
                        self.lose(pointer, keyword, message);
                    }
                }
                _ => {}
            }
        }
    }

    fn properties(&mut self, pointer: &str, own: &Map<String, Value>, other: &Map<String, Value>) {
        let list = |schema: &Map<String, Value>, key: &str| -> BTreeSet<String> {
            let names = schema
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            names.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let properties = |schema: &Map<String, Value>| {
            schema
                .get("properties")
                .and_then(Value::as_object)
                .cloned()
                .unwrap_or_default()
        };
        let (mine, yours) = (properties(own), properties(other));
        let (need, needed) = (list(own, "required"), list(other, "required"));
        for (name, property) in &mine {
            let place = join(&join(pointer, "properties"), name);
            match yours.get(name).and_then(Value::as_object) {
                Some(yours) => self.inner(&place, property, yours),
                None => self.lose(
                    &place,
                    "properties",
                    "the type has no such field".to_owned(),
                ),
            }
            match (need.contains(name), needed.contains(name)) {
                (true, false) => {
                    self.lose(&place, "required", "the type does without it".to_owned())
                }
                (false, true) => self.lose(&place, "required", "the type insists on it".to_owned()),
                _ => {}
            }
        }
        for name in yours.keys().filter(|name| !mine.contains_key(*name)) {
            let message = format!("the type has a field `{name}` that the document does not have");
            self.lose(pointer, "properties", message);
        }
    }

    fn inner(&mut self, pointer: &str, own: &Value, other: &Map<String, Value>) {
        if !self.seen.insert(pointer.to_owned()) {
            return;
        }
        let wrapped = is_wrapped(own);
        let own = effective(self.document, own);
        let other = effective(self.generated, &Value::Object(other.clone()));
        self.nullable(pointer, &own, &other);
        if !wrapped {
            self.schemas(pointer, &own, &other);
        }
    }

    fn lose(&mut self, pointer: &str, keyword: &str, message: String) {
        self.losses.push(Loss::new(pointer, keyword, message));
    }
}

/// What a schema says about a keyword, in the one form in which it can be compared.
fn stated(schema: &Map<String, Value>, keyword: &str) -> Option<Value> {
    let value = schema.get(keyword)?;
    match keyword {
        // 1 and 1.0 are the same bound.
        "minimum" | "maximum" | "multipleOf" => value.as_f64().map(Value::from),
        // false and nothing are the same.
        "exclusiveMinimum" | "exclusiveMaximum" | "uniqueItems" if value == &Value::Bool(false) => {
            None
        }
        // null is said by `nullable`.
        "enum" => {
            let values = value.as_array()?;
            Some(
                values
                    .iter()
                    .filter(|value| !value.is_null())
                    .cloned()
                    .collect(),
            )
        }
        _ => Some(value.clone()),
    }
}

/// A schema that says nothing of its own about what a value is.
fn is_wrapped(schema: &Value) -> bool {
    let single = schema
        .get("allOf")
        .and_then(Value::as_array)
        .is_some_and(|all| all.len() == 1);
    schema.get("$ref").is_some()
        || single && schema.get("type").is_none() && schema.get("properties").is_none()
}

/// A schema of nothing but null.
fn is_null(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}

/// A schema with its references followed; `nullable` anywhere on the way counts.
pub(crate) fn effective(document: &Value, schema: &Value) -> Map<String, Value> {
    let mut merged = Map::new();
    let mut nullable = false;
    let mut next = Some(schema);
    for _ in 0..64 {
        let Some(Value::Object(object)) = next else {
            break;
        };
        nullable |= object.get("nullable") == Some(&Value::Bool(true));
        for (key, value) in object {
            merged.entry(key.clone()).or_insert_with(|| value.clone());
        }
        // `anyOf: [.., null]` is how an option of a named type is written.
        let mut single = |key: &str| {
            let all = object.get(key).and_then(Value::as_array)?;
            let others: Vec<_> = all.iter().filter(|part| !is_null(part)).collect();
            nullable |= others.len() < all.len();
            match others.as_slice() {
                [only] => Some(*only),
                _ => None,
            }
        };
        next = match object.get("$ref").and_then(Value::as_str) {
            Some(reference) => resolve(document, reference),
            None => single("allOf").or_else(|| single("anyOf")),
        };
        if next.is_some() {
            for key in ["$ref", "allOf", "anyOf"] {
                merged.remove(key);
            }
        }
    }
    merged.insert("nullable".to_owned(), Value::Bool(nullable));
    merged
}
