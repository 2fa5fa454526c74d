//! Recognises the schemas that get a type of this crate's making.

use std::collections::BTreeSet;

use serde_json::Value;

use super::bounded::Bounds;
use super::closed;
use crate::document::walk::follow;

/// What a schema is, beyond what progenitor makes of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Special {
    /// A string that is one of some known values today.
    Open(Vec<String>),
    /// A string that is one of some values, of which two would have one name.
    Closed(Vec<String>),
    /// An integer within bounds that no type of Rust has.
    Bounded(Bounds),
    /// A string that nobody may see.
    Secret,
    /// A code of the error catalog.
    ErrorCode,
}

/// What `schema` is, if it is special.
pub(crate) fn classify(document: &Value, schema: &Value) -> Option<Special> {
    let kind = schema.get("type").and_then(Value::as_str);
    let format = schema.get("format").and_then(Value::as_str);
    match kind {
        Some("string") if format == Some("password") => Some(Special::Secret),
        Some("string") if schema.get("x-error-code") == Some(&Value::Bool(true)) => {
            Some(Special::ErrorCode)
        }
        Some("string") if schema.get("x-extensible-enum").is_some() => {
            strings(schema.get("x-extensible-enum")?).map(Special::Open)
        }
        Some("string") => closed(schema),
        Some("integer") if schema.get("enum").is_none() => Bounds::of(schema).map(Special::Bounded),
        None => {
            closed(schema).or_else(|| any_of_enum_and_string(document, schema).map(Special::Open))
        }
        _ => None,
    }
}

fn closed(schema: &Value) -> Option<Special> {
    let mut values = strings(schema.get("enum")?)?;
    if closed::is_nameable(&values) {
        return None;
    }
    let mut seen = BTreeSet::new();
    values.retain(|value| seen.insert(value.clone()));
    Some(Special::Closed(values))
}

/// `anyOf: [{enum: [..]}, {type: string}]`: how an open set is written without an extension.
fn any_of_enum_and_string(document: &Value, schema: &Value) -> Option<Vec<String>> {
    let parts = schema.get("anyOf")?.as_array()?;
    let mut values = None;
    let mut open = false;
    for part in parts {
        let part = follow(document, part)?;
        if part.get("type").and_then(Value::as_str) != Some("string") {
            return None;
        }
        match part.get("enum") {
            Some(found) if values.is_none() => values = Some(strings(found)?),
            Some(_) => return None,
            None => {
                open |= ["pattern", "format", "minLength", "maxLength"]
                    .iter()
                    .all(|narrowing| part.get(narrowing).is_none())
            }
        }
    }
    values.filter(|_| open)
}

fn strings(values: &Value) -> Option<Vec<String>> {
    let values: Option<Vec<_>> = values
        .as_array()?
        .iter()
        .filter(|value| !value.is_null())
        .map(|value| value.as_str().map(str::to_owned))
        .collect();
    values.filter(|values| !values.is_empty())
}
