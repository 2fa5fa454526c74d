//! Rules about schemas, most of which depend on whether a schema is sent or received.

use std::collections::BTreeSet;

use openapi_codegen::document::walk::{Kind, follow, join, operations, walk_from};
use serde_json::Value;

use crate::finding::Finding;
use crate::part::Part;

pub(crate) fn lint(document: &Value, parts: &[Part<'_>]) -> Vec<Finding> {
    let (sent, received) = directions(document);
    let mut findings = Vec::new();
    for part in parts
        .iter()
        .filter(|part| part.kind == Kind::Schema && part.value.get("$ref").is_none())
    {
        let (pointer, schema) = (&part.pointer, part.value);
        required(document, pointer, schema, &mut findings);
        integers(
            document,
            pointer,
            schema,
            sent.contains(pointer),
            &mut findings,
        );
        if received.contains(pointer) {
            open_sets(document, pointer, schema, &mut findings);
            nullable(document, pointer, schema, &mut findings);
        }
    }
    findings
}

/// The pointers of all schemas that are part of a request, and of all that are part of a response.
fn directions(document: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut sent, mut received) = (BTreeSet::new(), BTreeSet::new());
    for found in operations(document) {
        let pointer = found.pointer();
        let item = join("/paths", found.path);
        for (base, holder, field, kind) in [
            (&item, found.item, "parameters", Kind::Parameter),
            (&pointer, found.operation, "parameters", Kind::Parameter),
            (&pointer, found.operation, "requestBody", Kind::RequestBody),
        ] {
            if let Some(part) = holder.get(field) {
                reach(document, part, &join(base, field), kind, &mut sent);
            }
        }
        if let Some(responses) = found.operation.get("responses") {
            reach(
                document,
                responses,
                &join(&pointer, "responses"),
                Kind::Responses,
                &mut received,
            );
        }
    }
    (sent, received)
}

/// Collects the schemas within a part, and behind its references.
fn reach(document: &Value, part: &Value, pointer: &str, kind: Kind, found: &mut BTreeSet<String>) {
    if let (Kind::Parameter, Some(list)) = (kind, part.as_array()) {
        for (index, parameter) in list.iter().enumerate() {
            reach(
                document,
                parameter,
                &join(pointer, &index.to_string()),
                kind,
                found,
            );
        }
        return;
    }
    let mut references = Vec::new();
    walk_from(part, pointer, kind, &mut |place, kind, value| match value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.strip_prefix('#'))
    {
        Some(target) => references.push((target, kind)),
        None if kind == Kind::Schema => {
            found.insert(place.to_owned());
        }
        None => {}
    });
    for (target, kind) in references {
        let seen = format!("-> {target}");
        if found.insert(seen)
            && let Some(part) = document.pointer(target)
        {
            reach(document, part, target, kind, found);
        }
    }
}

/// The schemas that are one with this: what combines it by `allOf`, and what it combines, references followed.
fn family<'a>(document: &'a Value, pointer: &str, schema: &'a Value) -> Vec<&'a Value> {
    let mut root = (pointer, schema);
    while let Some((list, _)) = root.0.rsplit_once('/')
        && let Some(around) = list.strip_suffix("/allOf")
        && let Some(whole) = document.pointer(around)
    {
        root = (around, whole);
    }
    let mut family: Vec<&Value> = Vec::new();
    let mut open = vec![root.1];
    while let Some(part) = open.pop() {
        let Some(part) = follow(document, part) else {
            continue;
        };
        if family.iter().any(|known| std::ptr::eq(*known, part)) {
            continue;
        }
        family.push(part);
        open.extend(
            part.get("allOf")
                .and_then(Value::as_array)
                .into_iter()
                .flatten(),
        );
    }
    family
}

fn required(document: &Value, pointer: &str, schema: &Value, findings: &mut Vec<Finding>) {
    let names = schema.get("required").and_then(Value::as_array);
    if names.is_none_or(Vec::is_empty) {
        return;
    }
    let family = family(document, pointer, schema);
    let properties = |part: &&Value| part.get("properties").and_then(Value::as_object).is_some();
    // Without any, the schema is a condition on what others describe.
    if !family.iter().any(properties) {
        return;
    }
    for (index, name) in names.into_iter().flatten().enumerate() {
        if let Some(name) = name.as_str()
            && !family.iter().any(|part| {
                part.get("properties")
                    .is_some_and(|all| all.get(name).is_some())
            })
        {
            findings.push(Finding::new(
                "required-property",
                join(&join(pointer, "required"), &index.to_string()),
                format!("`{name}` is required and not among the properties"),
                "add it there, or take it out here",
            ));
        }
    }
}

fn open_sets(document: &Value, pointer: &str, schema: &Value, findings: &mut Vec<Finding>) {
    let values = schema.get("enum").and_then(Value::as_array);
    let texts = values
        .into_iter()
        .flatten()
        .filter(|value| value.is_string())
        .count();
    // One value is no set: it tells one kind of answer from another.
    if texts > 1 && !is_beside_any_text(document, pointer) {
        findings.push(Finding::new(
            "closed-enum-in-response",
            join(pointer, "enum"),
            "a new value in an answer breaks every client that was generated before it",
            "write `x-extensible-enum` instead of `enum`",
        ));
    }
}

/// Whether a schema is an alternative to any text: `anyOf: [{enum: [..]}, {type: string}]` is an open set.
fn is_beside_any_text(document: &Value, pointer: &str) -> bool {
    let any_text = |part: &Value| {
        follow(document, part).is_some_and(|part| {
            part.get("type").and_then(Value::as_str) == Some("string") && part.get("enum").is_none()
        })
    };
    let list = pointer.rsplit_once('/').map(|(list, _)| list);
    list.filter(|list| list.ends_with("/anyOf"))
        .and_then(|list| document.pointer(list)?.as_array())
        .is_some_and(|parts| parts.iter().any(any_text))
}

fn nullable(document: &Value, pointer: &str, schema: &Value, findings: &mut Vec<Finding>) {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|it| it == name));
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties
        .into_iter()
        .flatten()
        .filter(|(name, _)| !is_required(name))
    {
        let states = states_null(document, property, 0);
        if !states {
            findings.push(Finding::new(
                "nullable-stated",
                join(&join(pointer, "properties"), name),
                format!("`{name}` may be absent, and nothing says whether it may be null"),
                "add `nullable: true`, or `nullable: false` if that is known",
            ));
        }
    }
}

/// Whether a schema says if null is a value, itself or in what it is made of. One that takes anything takes null.
fn states_null(document: &Value, schema: &Value, depth: usize) -> bool {
    if schema.get("nullable").is_some() {
        return true;
    }
    let Some(target) = follow(document, schema) else {
        return false;
    };
    let parts: Vec<&Value> = ["allOf", "oneOf", "anyOf"]
        .iter()
        .filter_map(|combination| target.get(*combination)?.as_array())
        .flatten()
        .collect();
    let anything = parts.is_empty()
        && ["type", "enum", "properties"]
            .iter()
            .all(|it| target.get(*it).is_none());
    target.get("nullable").is_some()
        || anything
        || depth < 8
            && parts
                .iter()
                .any(|part| states_null(document, part, depth + 1))
}

/// Formats that bound a number on both sides, and are narrower than what every language has.
const NARROW: [&str; 5] = ["int8", "int16", "uint8", "uint16", "uint32"];

fn integers(
    document: &Value,
    pointer: &str,
    schema: &Value,
    sent: bool,
    findings: &mut Vec<Finding>,
) {
    if schema.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    let family = family(document, pointer, schema);
    let states = |keyword: &str| family.iter().find_map(|part| part.get(keyword));
    let format = states("format").and_then(Value::as_str);
    if format.is_none() {
        findings.push(Finding::new(
            "bounded-integer",
            pointer,
            "the integer has no `format`",
            "write `format: int32` or `format: int64`: languages differ in what they take for granted",
        ));
    }
    let bounded = format.is_some_and(|format| NARROW.contains(&format))
        || states("enum").is_some()
        || states("minimum").is_some() && states("maximum").is_some();
    if sent && !bounded {
        findings.push(Finding::new(
            "bounded-integer",
            pointer,
            "the integer is part of a request and not bounded on both sides",
            "add `minimum` and `maximum`",
        ));
    }
}
