//! Rules about components and what refers to them.

use std::collections::BTreeSet;

use openapi_codegen::document::walk::{Kind, join, resolve};
use serde_json::Value;

use crate::finding::Finding;
use crate::names::holds_names;
use crate::part::Part;

pub(crate) fn lint(document: &Value, parts: &[Part<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in parts {
        if let Some(reference) = part.value.get("$ref").and_then(Value::as_str)
            && reference.starts_with('#')
            && resolve(document, reference).is_none()
        {
            findings.push(Finding::new(
                "reference",
                join(&part.pointer, "$ref"),
                format!("`{reference}` does not exist"),
                "correct the reference, or add what it refers to",
            ));
        }
    }
    for part in parts.iter().filter(|part| part.kind == Kind::Schema) {
        let mapping = part
            .value
            .pointer("/discriminator/mapping")
            .and_then(Value::as_object);
        for (value, target) in mapping.into_iter().flatten() {
            let Some(text) = target.as_str() else {
                continue;
            };
            let reference = mapped(text);
            if reference.starts_with('#') && resolve(document, &reference).is_none() {
                let place = join(&join(&part.pointer, "discriminator"), "mapping");
                findings.push(Finding::new(
                    "reference",
                    join(&place, value),
                    format!("`{text}` does not exist"),
                    "correct the reference, or add what it refers to",
                ));
            }
        }
    }
    findings.extend(unused(document));
    findings
}

/// What a value of a discriminator's mapping refers to: the name of a schema will do.
fn mapped(text: &str) -> String {
    if text.contains(['#', '/', '.']) {
        text.to_owned()
    } else {
        join("#/components/schemas", text)
    }
}

/// Components that nothing outside `components` leads to.
fn unused(document: &Value) -> Vec<Finding> {
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut open = Vec::new();
    for (key, part) in document
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| *key != "components")
    {
        references(part, holds_names(key), &mut open);
    }
    while let Some(reference) = open.pop() {
        if !reached.contains(&reference) {
            if let Some(part) = resolve(document, &reference) {
                references(part, false, &mut open);
            }
            reached.insert(reference);
        }
    }
    let mut findings = Vec::new();
    let sections = document.get("components").and_then(Value::as_object);
    for (section, components) in sections
        .into_iter()
        .flatten()
        .filter(|(key, _)| !key.starts_with("x-"))
    {
        for (name, _) in components.as_object().into_iter().flatten() {
            let pointer = join(&join("/components", section), name);
            let used = if section == "securitySchemes" {
                names_scheme(document, name)
            } else {
                let reference = format!("#{pointer}");
                reached
                    .iter()
                    .any(|known| *known == reference || known.starts_with(&format!("{reference}/")))
            };
            if !used {
                let message = format!("nothing uses `{name}` of `{section}`");
                findings.push(Finding::new(
                    "unused-component",
                    pointer,
                    message,
                    "use it, or take it out",
                ));
            }
        }
    }
    findings
}

fn references(value: &Value, keys_are_names: bool, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                match (key.as_str(), inner) {
                    // What is shown as a value refers to nothing.
                    ("example" | "value" | "default" | "enum", _) if !keys_are_names => {}
                    ("$ref", Value::String(reference)) if !keys_are_names => {
                        found.push(reference.clone());
                    }
                    // A discriminator's mapping refers too.
                    ("mapping", Value::Object(mapping)) if !keys_are_names => {
                        found.extend(mapping.values().filter_map(Value::as_str).map(mapped));
                    }
                    (key, inner) => {
                        references(inner, !keys_are_names && holds_names(key), found);
                    }
                }
            }
        }
        Value::Array(entries) => {
            entries
                .iter()
                .for_each(|inner| references(inner, false, found));
        }
        _ => {}
    }
}

fn names_scheme(document: &Value, name: &str) -> bool {
    crate::operations::requirements(document)
        .iter()
        .any(|(_, scheme)| scheme == name)
}
