//! Does every `$ref` lead somewhere the generator can follow?

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::walk::{Kind, join, resolve, walk};
use crate::finding::Finding;

pub(super) fn check(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    walk(document, &mut |pointer, kind, value| {
        if let Some(reference) = value.get("$ref") {
            findings.extend(check_one(document, pointer, kind, reference));
        }
    });
    findings.extend(circles(document));
    findings
}

fn check_one(document: &Value, pointer: &str, kind: Kind, reference: &Value) -> Option<Finding> {
    let place = join(pointer, "$ref");
    let Some(text) = reference.as_str() else {
        return Some(Finding::new(
            place,
            "`$ref` is no text",
            "write `#/components/...`",
        ));
    };
    if !text.starts_with('#') {
        return Some(Finding::new(
            place,
            format!("`{text}` is in another document"),
            "the generator reads one document: bundle them into one",
        ));
    }
    let Some(section) = section(kind) else {
        return Some(Finding::new(
            place,
            "the generator follows no reference here",
            "write out what the reference stands for",
        ));
    };
    let home = format!("#/components/{section}/");
    let named = text
        .strip_prefix(&home)
        .is_some_and(|name| !name.contains('/'));
    if resolve(document, text).is_none() {
        let help = match nearest(document, section, text) {
            Some(name) => format!("did you mean `{home}{name}`?"),
            None => format!("add it under `{home}`"),
        };
        return Some(Finding::new(
            place,
            format!("`{text}` does not exist"),
            help,
        ));
    }
    (!named).then(|| {
        Finding::new(
            place,
            format!("the generator cannot follow `{text}`"),
            format!("move what it points at to `{home}` and refer to it there"),
        )
    })
}

/// Where the components of a kind are.
fn section(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Schema => Some("schemas"),
        Kind::Parameter => Some("parameters"),
        Kind::Header => Some("headers"),
        Kind::RequestBody => Some("requestBodies"),
        Kind::Response => Some("responses"),
        Kind::Example => Some("examples"),
        Kind::SecurityScheme => Some("securitySchemes"),
        Kind::Callback => Some("callbacks"),
        _ => None,
    }
}

/// The component whose name looks most like what was asked for.
fn nearest<'a>(document: &'a Value, section: &str, reference: &str) -> Option<&'a str> {
    let wanted = reference.rsplit('/').next()?.to_lowercase();
    let components = document.get("components")?.get(section)?.as_object()?;
    components
        .keys()
        .map(|name| (distance(&name.to_lowercase(), &wanted), name.as_str()))
        .filter(|(distance, name)| *distance <= name.len() / 3)
        .min()
        .map(|(_, name)| name)
}

/// How many letters must be added, taken away or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (index, letter) in a.chars().enumerate() {
        let mut next = vec![index + 1];
        for (position, other) in b.iter().enumerate() {
            let change = row.get(position).copied().unwrap_or(0) + usize::from(letter != *other);
            let remove = row.get(position + 1).copied().unwrap_or(0) + 1;
            let add = next.last().copied().unwrap_or(0) + 1;
            next.push(change.min(remove).min(add));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// Schemas that are made of themselves, with nothing in between that could end it.
fn circles(document: &Value) -> Vec<Finding> {
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut made_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, schema) in schemas.into_iter().flatten() {
        let mut parts = Vec::new();
        collect_parts(schema, &mut parts);
        made_of.insert(name, parts);
    }
    let mut findings = Vec::new();
    for name in made_of.keys() {
        let mut seen = vec![*name];
        let mut next = made_of.get(name).cloned().unwrap_or_default();
        while let Some(part) = next.pop() {
            if part == *name {
                findings.push(Finding::new(
                    join("/components/schemas", name),
                    format!("`{name}` is made of itself"),
                    "put a property or an array in between, or take the reference out",
                ));
                break;
            }
            if !seen.contains(&part) {
                seen.push(part);
                next.extend(made_of.get(part).into_iter().flatten());
            }
        }
    }
    findings
}

/// The named schemas that a schema is made of: by reference, or by combining them.
fn collect_parts<'a>(schema: &'a Value, parts: &mut Vec<&'a str>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        parts.extend(reference.strip_prefix("#/components/schemas/"));
        return;
    }
    for combination in ["allOf", "oneOf", "anyOf"] {
        for part in schema
            .get(combination)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            collect_parts(part, parts);
        }
    }
    if let Some(not) = schema.get("not") {
        collect_parts(not, parts);
    }
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_are_levenshteins() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("消息", "消"), 1);
        assert_eq!(distance("same", "same"), 0);
    }
}
