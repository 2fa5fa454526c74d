//! Changes in what a document says about an API, not in the API.

use std::collections::BTreeSet;

use openapi_document::{Source, pointer};
use serde_json::Value;

use crate::draft::Draft;
use crate::finding::{Class, Direction};
use crate::operation::{operation, subject};

/// Keywords that inform people.
const REMARKS: [&str; 10] = [
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "externalDocs",
    "deprecated",
    "default",
    "contact",
    "termsOfService",
];

/// Mappings whose keys are names, not keywords.
const NAMED: [&str; 14] = [
    "properties",
    "paths",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "content",
    "variables",
    "mapping",
    "encoding",
];

/// Remarks that differ where both documents have the same thing.
pub(crate) fn compare(base: &Source, revision: &Source) -> Vec<Draft> {
    let mut drafts = Vec::new();
    walk(base.value(), revision.value(), "", false, &mut drafts);
    drafts
}

fn walk(old: &Value, new: &Value, at: &str, names: bool, drafts: &mut Vec<Draft>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for key in keys {
                let (was, is) = (old.get(key), new.get(key));
                if was == is {
                    continue;
                }
                let remark = !names && (REMARKS.contains(&key.as_str()) || key.starts_with("x-"));
                if remark {
                    drafts.push(draft(at, key, was, is));
                } else if let (Some(was), Some(is)) = (was, is) {
                    let names = !names && NAMED.contains(&key.as_str());
                    walk(was, is, &pointer::join(at, key), names, drafts);
                }
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for (index, (was, is)) in old.iter().zip(new).enumerate() {
                walk(
                    was,
                    is,
                    &pointer::join(at, &index.to_string()),
                    false,
                    drafts,
                );
            }
        }
        _ => {}
    }
}

fn draft(at: &str, key: &str, was: Option<&Value>, is: Option<&Value>) -> Draft {
    let place = |value: Option<&Value>| match value {
        Some(_) => pointer::join(at, key),
        None => at.to_owned(),
    };
    let (id, what) = match (key, is) {
        ("deprecated", Some(Value::Bool(true))) => ("deprecated", "is deprecated now".to_owned()),
        ("deprecated", _) => ("reactivated", "is not deprecated any more".to_owned()),
        ("default", _) => ("default-value-changed", "has another default".to_owned()),
        _ => ("documentation-changed", format!("has another `{key}`")),
    };
    Draft {
        id: id.to_owned(),
        class: Class::Docs,
        direction: Direction::None,
        operations: operation(at).into_iter().collect(),
        base: place(was),
        revision: place(is),
        about: Some(key.to_owned()),
        old: was.cloned(),
        new: is.cloned(),
        witness: None,
        message: format!("{} {what}", subject(at)),
    }
}
