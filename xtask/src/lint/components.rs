//! Rules about components and what refers to them.

use std::collections::BTreeSet;

use dingtalk_receipts_codegen::document::walk::{join, resolve};
use serde_json::Value;

use super::Part;
use crate::finding::Finding;

pub(super) fn lint(document: &Value, parts: &[Part<'_>]) -> Vec<Finding> {
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
    findings.extend(unused(document));
    findings
}

/// Components that nothing outside `components` leads to.
fn unused(document: &Value) -> Vec<Finding> {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open = Vec::new();
    for (_, part) in document
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| *key != "components")
    {
        references(part, &mut open);
    }
    while let Some(reference) = open.pop() {
        if reached.insert(reference)
            && let Some(part) = resolve(document, reference)
        {
            references(part, &mut open);
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

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                match (key.as_str(), inner) {
                    ("$ref", Value::String(reference)) => found.push(reference),
                    // A discriminator's mapping refers too.
                    ("mapping", Value::Object(mapping)) => {
                        found.extend(mapping.values().filter_map(Value::as_str));
                    }
                    (_, inner) => references(inner, found),
                }
            }
        }
        Value::Array(entries) => entries.iter().for_each(|inner| references(inner, found)),
        _ => {}
    }
}

fn names_scheme(document: &Value, name: &str) -> bool {
    super::operations::requirements(document)
        .iter()
        .any(|(_, scheme)| scheme == name)
}
