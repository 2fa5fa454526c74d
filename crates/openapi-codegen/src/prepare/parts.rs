//! Small things that are missing or say nothing, wherever they stand.

use serde_json::{Value, json};

use super::Draft;
use crate::document::walk::{Kind, follow, join, walk};

/// What is done about one part.
enum Mend {
    Insert(String, &'static str, Value),
    Remove(String),
}

pub(super) fn mend(draft: &mut Draft) {
    let mut found: Vec<(Mend, String, &'static str)> = Vec::new();
    let document = &draft.document;
    walk(document, &mut |pointer, kind, value| {
        let Some(object) = value
            .as_object()
            .filter(|object| !object.contains_key("$ref"))
        else {
            return;
        };
        let has = |field: &str| object.contains_key(field);
        let text = |field: &str| object.get(field).and_then(Value::as_str);
        let own = || pointer.to_owned();
        match kind {
            Kind::Response if !has("description") => found.push((
                Mend::Insert(own(), "description", json!("")),
                "the response has no `description`".to_owned(),
                "add one",
            )),
            Kind::Operation if !has("responses") => found.push((
                Mend::Insert(own(), "responses", json!({})),
                "the operation has no `responses`: what it gets is not decoded".to_owned(),
                "list them",
            )),
            Kind::MediaType if !has("schema") => found.push((
                Mend::Insert(own(), "schema", json!({})),
                "the body has no `schema`: anything is taken".to_owned(),
                "add one",
            )),
            Kind::Parameter if !has("schema") && !has("content") => found.push((
                Mend::Insert(own(), "schema", json!({ "type": "string" })),
                format!(
                    "`{}` has no `schema`: it is sent as a text",
                    text("name").unwrap_or_default()
                ),
                "add one",
            )),
            Kind::Schema => {
                let formatted = matches!(text("type"), Some("object" | "array" | "boolean"));
                if formatted && let Some(format) = text("format") {
                    found.push((
                        Mend::Remove(join(pointer, "format")),
                        format!("the format `{format}` says nothing of this type"),
                        "leave it out",
                    ));
                }
                for (flag, bound) in [
                    ("exclusiveMinimum", "minimum"),
                    ("exclusiveMaximum", "maximum"),
                ] {
                    if object.get(flag).is_some_and(Value::is_boolean) && !has(bound) {
                        found.push((
                            Mend::Remove(join(pointer, flag)),
                            format!("`{flag}` says nothing without `{bound}`"),
                            "add the bound, or leave it out",
                        ));
                    }
                }
                let count = object.get("uniqueItems").is_some()
                    && text("type").is_some_and(|kind| kind != "array");
                if count {
                    found.push((
                        Mend::Remove(join(pointer, "uniqueItems")),
                        "`uniqueItems` says nothing of this type".to_owned(),
                        "leave it out",
                    ));
                }
            }
            _ => {}
        }
        if matches!(kind, Kind::PathItem | Kind::Operation) {
            let list = object.get("parameters").and_then(Value::as_array);
            let list = list.map(Vec::as_slice).unwrap_or_default();
            for (index, parameter) in list.iter().enumerate().rev() {
                let place = join(&join(pointer, "parameters"), &index.to_string());
                if let Some(name) = ignored_header(document, parameter) {
                    found.push((
                        Mend::Remove(place),
                        format!("the header `{name}` is no parameter: the content types and `security` say it"),
                        "leave it out",
                    ));
                }
            }
        }
    });
    for (mend, message, help) in found {
        match mend {
            Mend::Insert(pointer, field, value) => {
                draft.warn(&pointer, message, help);
                draft.insert(&pointer, field, value);
            }
            Mend::Remove(pointer) => {
                draft.warn(&pointer, message, help);
                draft.remove(&pointer);
            }
        }
    }
}

/// The name of a header that the format tells to ignore as a parameter. `Authorization` is kept where nothing else sends
/// it: without it there would be no way to authenticate.
fn ignored_header<'a>(document: &'a Value, parameter: &'a Value) -> Option<&'a str> {
    let parameter = follow(document, parameter)?;
    let name = parameter.get("name")?.as_str()?;
    let schemes = document.pointer("/components/securitySchemes");
    let ignored: &[&str] = if schemes.is_some() {
        &["accept", "content-type", "authorization"]
    } else {
        &["accept", "content-type"]
    };
    (parameter.get("in")?.as_str()? == "header"
        && ignored.contains(&name.to_ascii_lowercase().as_str()))
    .then_some(name)
}
