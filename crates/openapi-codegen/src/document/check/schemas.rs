//! Can every schema become a type?

use serde_json::Value;

use crate::document::walk::{Kind, follow, join, walk};
use crate::finding::Finding;
use crate::types::patterns;
use crate::types::special::{Special, classify};

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

pub(super) fn check(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    walk(document, &mut |pointer, kind, schema| {
        if kind != Kind::Schema || schema.get("$ref").is_some() {
            return;
        }
        let mut find = |field: &str, message: String, help: &str| {
            findings.push(Finding::new(join(pointer, field), message, help));
        };
        if let Some(found) = schema.get("type").and_then(Value::as_str)
            && !TYPES.contains(&found)
        {
            let help = format!(
                "write one of {}; null is `nullable: true`",
                TYPES.join(", ")
            );
            find("type", format!("`{found}` is no type"), &help);
        }
        if schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            find(
                "enum",
                "no value is allowed here".to_owned(),
                "list the values, or take `enum` out",
            );
        }
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
            && let Err(error) = patterns::compile(pattern)
        {
            find(
                "pattern",
                format!("`{pattern}` is no pattern: {error}"),
                "patterns are those of ECMAScript",
            );
        }
        if let Some(values) = schema.get("x-extensible-enum") {
            let texts = values
                .as_array()
                .is_some_and(|all| !all.is_empty() && all.iter().all(Value::is_string));
            if !texts {
                let message = "`x-extensible-enum` is no list of texts".to_owned();
                find(
                    "x-extensible-enum",
                    message,
                    "list the values that are known, as texts",
                );
            }
        }
        if let Some(Special::Bounded(bounds)) = classify(document, schema)
            && bounds.is_empty()
        {
            let field = if schema.get("maximum").is_some() {
                "maximum"
            } else {
                "minimum"
            };
            find(
                field,
                format!("no number is {}", bounds.in_words()),
                "correct `minimum` or `maximum`",
            );
        }
        if let Some(message) = wrong_default(document, schema) {
            find("default", message, "correct the value, or leave it out");
        }
        for (low, high) in [
            ("minLength", "maxLength"),
            ("minItems", "maxItems"),
            ("minProperties", "maxProperties"),
        ] {
            let count = |field: &str| schema.get(field).and_then(Value::as_u64);
            if let (Some(least), Some(most)) = (count(low), count(high))
                && least > most
            {
                find(
                    high,
                    format!("`{low}` is {least} and `{high}` is {most}: no value fits"),
                    "correct one of them",
                );
            }
        }
    });
    findings
}

/// What is wrong with the default of a schema that gets a type of this crate's making: generated code would panic when
/// it is needed. Of all other types progenitor looks at the default itself.
pub(crate) fn wrong_default(document: &Value, schema: &Value) -> Option<String> {
    let value = schema.get("default")?;
    let single = schema
        .get("allOf")
        .and_then(Value::as_array)
        .filter(|parts| parts.len() == 1)
        .and_then(|parts| parts.first());
    let target = follow(document, single.unwrap_or(schema))?;
    let nullable = [schema, target]
        .iter()
        .any(|part| part.get("nullable") == Some(&Value::Bool(true)));
    if value.is_null() && nullable {
        return None;
    }
    match classify(document, target)? {
        Special::Bounded(bounds) => {
            (!bounds.allow(value)).then(|| format!("{value} is not {}", bounds.in_words()))
        }
        Special::Closed(values) => (!value
            .as_str()
            .is_some_and(|text| values.iter().any(|known| known == text)))
        .then(|| format!("{value} is none of the values of `enum`")),
        Special::Open(_) | Special::Secret | Special::ErrorCode => {
            (!value.is_string()).then(|| format!("{value} is no text, and the schema's type is"))
        }
    }
}
