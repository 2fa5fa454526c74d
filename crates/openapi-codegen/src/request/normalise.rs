//! The document that makes progenitor write functions with the right arguments.
//!
//! A parameter that it does not know becomes one that it knows, with the same schema and the name of the argument; a
//! part of a multipart form becomes a header. What they are written as is replaced in the generated code.

use serde_json::{Map, Value, json};

use super::{Body, Encoded, Parameter, PartKind, Place, Plan};
use crate::document::walk::{join, operations};

/// Rewrites the operations whose requests progenitor would not write, or write wrongly.
pub(crate) fn normalise(document: &mut Value) {
    let mut changes = Vec::new();
    for found in operations(document) {
        let plan = Plan::of(document, &found);
        let changed = plan.parameters.iter().any(is_changed)
            || plan.body.as_ref().is_some_and(Body::is_changed);
        if changed {
            changes.push((join("/paths", found.path), found.method, plan));
        }
    }
    let mut paths = Vec::new();
    for (item, _, plan) in &changes {
        if plan
            .parameters
            .iter()
            .any(|it| it.of_path && is_changed(it))
            && !paths.contains(item)
        {
            paths.push(item.clone());
        }
    }
    for item in paths {
        spread(document, &item);
        for (_, _, plan) in changes.iter_mut().filter(|(path, ..)| *path == item) {
            for parameter in &mut plan.parameters {
                parameter.of_path = false;
            }
        }
    }
    for (item, method, plan) in changes {
        let pointer = join(&item, method);
        if let Some(operation) = document
            .pointer_mut(&pointer)
            .and_then(Value::as_object_mut)
        {
            rewrite(operation, &plan);
        }
    }
}

/// Whether progenitor needs another parameter instead.
fn is_changed(parameter: &Parameter) -> bool {
    parameter.is_renamed()
        || parameter.place == Place::Cookie
        || parameter.value.get("content").is_some()
        || parameter.value.get("style").is_some()
}

/// Moves the parameters of a path to its operations.
fn spread(document: &mut Value, item: &str) {
    let path = item.strip_prefix("/paths/").unwrap_or_default();
    let all: Vec<_> = operations(document)
        .iter()
        .filter(|found| join("", found.path).strip_prefix('/') == Some(path))
        .map(|found| {
            let parameters = super::parameters(document, found);
            let list: Vec<Value> = parameters.into_iter().map(|it| it.entry).collect();
            (found.pointer(), list)
        })
        .collect();
    for (pointer, list) in all {
        if let Some(operation) = document
            .pointer_mut(&pointer)
            .and_then(Value::as_object_mut)
        {
            operation.insert("parameters".to_owned(), Value::Array(list));
        }
    }
    if let Some(item) = document.pointer_mut(item).and_then(Value::as_object_mut) {
        item.remove("parameters");
    }
}

fn rewrite(operation: &mut Map<String, Value>, plan: &Plan) {
    let own = plan.parameters.iter().filter(|it| !it.of_path);
    let mut list: Vec<Value> = own.map(parameter).collect();
    if let Some(body) = &plan.body {
        list.extend(
            body.parts
                .iter()
                .filter(|_| body.encoded == Encoded::Multipart)
                .map(part),
        );
        match request_body(body) {
            _ if !body.is_changed() => {}
            Some(content) => drop(operation.insert("requestBody".to_owned(), content)),
            None => drop(operation.remove("requestBody")),
        }
    }
    operation.insert("parameters".to_owned(), Value::Array(list));
}

fn parameter(parameter: &Parameter) -> Value {
    if !is_changed(parameter) {
        return parameter.entry.clone();
    }
    let mut value = parameter.value.clone();
    let Some(object) = value.as_object_mut() else {
        return value;
    };
    for field in ["style", "explode", "allowReserved"] {
        object.remove(field);
    }
    if let Some(content) = object.remove("content") {
        let media = content
            .as_object()
            .and_then(|content| content.values().next());
        let schema = media.and_then(|media| media.get("schema")).cloned();
        object.insert("schema".to_owned(), schema.unwrap_or_else(|| json!({})));
    }
    if parameter.place == Place::Cookie {
        object.insert("in".to_owned(), json!("header"));
    }
    if parameter.place != Place::Path
        && (parameter.is_renamed() || parameter.place == Place::Cookie)
    {
        object.insert("name".to_owned(), json!(parameter.argument));
    }
    value
}

fn part(part: &super::Part) -> Value {
    let schema = match part.kind {
        PartKind::File => json!({ "type": "string" }),
        PartKind::Files => json!({ "type": "array", "items": { "type": "string" } }),
        _ => part.schema.clone(),
    };
    json!({ "name": part.argument, "in": "header", "required": part.required, "schema": schema })
}

/// The body as progenitor takes it; `None` for one that becomes several arguments.
fn request_body(body: &Body) -> Option<Value> {
    let schema = || body.schema.clone();
    let (kind, schema) = match body.encoded {
        Encoded::Multipart => return None,
        Encoded::Json => ("application/json", schema()),
        Encoded::Form => ("application/x-www-form-urlencoded", schema()),
        Encoded::Text => ("text/plain", json!({ "type": "string" })),
        Encoded::Bytes => (
            "application/octet-stream",
            json!({ "type": "string", "format": "binary" }),
        ),
    };
    let mut written =
        json!({ "required": body.required, "content": { kind: { "schema": schema } } });
    if let Some(description) = &body.description {
        written["description"] = description.clone();
    }
    Some(written)
}
