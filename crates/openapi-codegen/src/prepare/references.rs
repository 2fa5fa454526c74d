//! References that the generator does not follow where they stand: they are followed here.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Draft;
use crate::document::walk::{Kind, join, walk};

/// How many references to path items lead to one another at most.
const MAX_HOPS: usize = 16;

/// So many parts are moved at most: they may refer to parts of themselves.
const MAX_MOVES: usize = 10_000;

/// Puts the path items in place that paths refer to.
pub(super) fn follow_path_items(draft: &mut Draft) {
    for _ in 0..MAX_HOPS {
        let mut found = Vec::new();
        walk(&draft.document, &mut |pointer, kind, value| {
            let reference = value.get("$ref").and_then(Value::as_str);
            if let (Kind::PathItem, Some(reference)) = (kind, reference)
                && let Some(target) = openapi_document::resolve(&draft.document, reference)
            {
                found.push((
                    pointer.to_owned(),
                    reference.to_owned(),
                    target.value.clone(),
                    value.clone(),
                ));
            }
        });
        if found.is_empty() {
            return;
        }
        for (pointer, reference, mut target, own) in found {
            // What stands beside the reference counts as well.
            if let (Some(target), Value::Object(own)) = (target.as_object_mut(), own) {
                target.extend(own.into_iter().filter(|(field, _)| field != "$ref"));
            }
            draft.set(&pointer, target);
            draft.copied(&pointer, reference.strip_prefix('#').unwrap_or_default());
        }
    }
}

/// Moves what references lead to elsewhere to `components`, where the generator looks for it.
pub(super) fn hoist(draft: &mut Draft) {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for _ in 0..MAX_MOVES {
        let mut found = Vec::new();
        walk(&draft.document, &mut |pointer, kind, value| {
            let reference = value.get("$ref").and_then(Value::as_str);
            if let (Some(section), Some(reference)) = (section(kind), reference)
                && is_elsewhere(reference, section)
                && openapi_document::resolve(&draft.document, reference).is_some()
            {
                found.push((join(pointer, "$ref"), section, reference.to_owned()));
            }
        });
        if found.is_empty() {
            return;
        }
        for (place, section, reference) in found {
            let known = names.get(&reference).cloned();
            let target = known.or_else(|| {
                let moved = move_to(draft, section, &reference)?;
                names.insert(reference.clone(), moved.clone());
                Some(moved)
            });
            let Some(target) = target else { return };
            draft.set(&place, Value::String(target));
        }
    }
}

/// Copies what a reference leads to; the reference to the copy.
fn move_to(draft: &mut Draft, section: &str, reference: &str) -> Option<String> {
    let target = openapi_document::resolve(&draft.document, reference)?
        .value
        .clone();
    let root = draft.document.as_object_mut()?;
    let components = root
        .entry("components")
        .or_insert_with(|| json!({}))
        .as_object_mut()?;
    let section_map: &mut Map<String, Value> = components
        .entry(section)
        .or_insert_with(|| json!({}))
        .as_object_mut()?;
    let home = format!("#/components/{section}/");
    // A name with `%7B` in it is there already, spelled otherwise.
    if let Some(known) = section_map.iter().find(|(name, value)| {
        reference.starts_with(&home) && **value == target && reference.ends_with(name.as_str())
    }) {
        return Some(format!("{home}{}", escape(known.0)));
    }
    let wish = name(reference);
    let mut unique = wish.clone();
    let mut number = 2;
    while section_map.contains_key(&unique) {
        unique = format!("{wish}{number}");
        number += 1;
    }
    section_map.insert(unique.clone(), target);
    let pointer = format!("/components/{section}/{}", escape(&unique));
    draft.copied(&pointer, reference.strip_prefix('#').unwrap_or_default());
    Some(format!("#{pointer}"))
}

/// A name for what a reference leads to: its last steps that are names.
fn name(reference: &str) -> String {
    let plumbing = [
        "",
        "#",
        "paths",
        "components",
        "schemas",
        "schema",
        "content",
        "properties",
        "items",
        "responses",
        "parameters",
        "allOf",
        "oneOf",
        "anyOf",
        "application~1json",
        "requestBody",
        "$defs",
        "definitions",
    ];
    let steps: Vec<_> = reference
        .split('/')
        .filter(|step| !plumbing.contains(step) && !step.starts_with("x-"))
        .collect();
    let last = steps.len().saturating_sub(3);
    let words: Vec<String> = steps
        .get(last..)
        .unwrap_or_default()
        .iter()
        .map(|step| step.replace(|c: char| !c.is_ascii_alphanumeric(), " "))
        .collect();
    let name = crate::document::naming::type_name(&words.join(" "));
    if name.is_empty() {
        "Part".to_owned()
    } else {
        name
    }
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn is_elsewhere(reference: &str, section: &str) -> bool {
    if !reference.starts_with('#') {
        return false;
    }
    let home = format!("#/components/{section}/");
    !reference
        .strip_prefix(&home)
        .is_some_and(|name| !name.is_empty() && !name.contains(['/', '%']))
}

fn section(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Parameter => "parameters",
        Kind::RequestBody => "requestBodies",
        Kind::Response => "responses",
        Kind::Header => "headers",
        _ => return None,
    })
}

/// Says which siblings of references the format ignores, where they say something.
pub(super) fn drop_siblings(draft: &mut Draft) {
    let mut found = Vec::new();
    walk(&draft.document, &mut |pointer, kind, value| {
        if kind != Kind::Schema || !value.get("$ref").is_some_and(Value::is_string) {
            return;
        }
        let silent = [
            "$ref",
            "description",
            "summary",
            "title",
            "example",
            "examples",
            "deprecated",
            "externalDocs",
            "xml",
        ];
        let siblings = value
            .as_object()
            .into_iter()
            .flat_map(|object| object.keys());
        for sibling in
            siblings.filter(|field| !silent.contains(&field.as_str()) && !field.starts_with("x-"))
        {
            found.push((pointer.to_owned(), sibling.clone()));
        }
    });
    for (pointer, sibling) in found {
        let place = join(&pointer, &sibling);
        draft.warn(
            &place,
            format!("`{sibling}` stands beside a `$ref`, where OpenAPI 3.0 ignores it"),
            "put the reference into `allOf`, and the others beside that",
        );
        draft.remove(&place);
    }
}
