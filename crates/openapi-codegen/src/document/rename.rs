//! Gives every named schema a type of its own.
//!
//! `foo` and `Foo` would both become `Foo`, and progenitor has names of its own for `+1` and `-1`. Nobody sends the name
//! of a schema, so one of them is called otherwise, and what refers to it is led there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::naming;
use super::walk::{Kind, join, walk};

const SCHEMAS: &str = "/components/schemas";

/// Renames schemas that would not get a type of their own; the new names by the old ones.
pub(crate) fn separate(document: &mut Value) -> BTreeMap<String, String> {
    let names: Vec<String> = document
        .pointer(SCHEMAS)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect();
    let mut taken = BTreeSet::new();
    let mut left = Vec::new();
    // A schema that is called like its type keeps the name, wherever it stands.
    for exact in [true, false] {
        for name in &names {
            let wish = naming::type_name(name);
            if exact != (wish == *name) {
                continue;
            }
            let is_odd = ["+1", "-1"].contains(&name.as_str());
            if is_odd || !taken.insert(wish) {
                left.push(name.clone());
            }
        }
    }
    let renamed: BTreeMap<String, String> = left
        .into_iter()
        .map(|name| {
            let new = naming::unique(&naming::stable_type_name(&name), &mut taken);
            (name, new)
        })
        .collect();
    if !renamed.is_empty() {
        apply(document, &renamed);
    }
    renamed
}

fn apply(document: &mut Value, renamed: &BTreeMap<String, String>) {
    if let Some(schemas) = document.pointer_mut(SCHEMAS).and_then(Value::as_object_mut) {
        let all = std::mem::take(schemas);
        *schemas = all
            .into_iter()
            .map(|(name, schema)| (renamed.get(&name).cloned().unwrap_or(name), schema))
            .collect();
    }
    let new_reference = |reference: &str| match naming::component(reference) {
        Some(("schemas", name)) => renamed
            .get(&name)
            .map(|new| join(&format!("#{SCHEMAS}"), new)),
        _ => None,
    };
    let mut references = Vec::new();
    let mut mappings = Vec::new();
    walk(document, &mut |pointer, kind, part| {
        if kind != Kind::Schema {
            return;
        }
        let reference = part.get("$ref").and_then(Value::as_str);
        if let Some(new) = reference.and_then(new_reference) {
            references.push((join(pointer, "$ref"), new));
        }
        let mapping = part
            .pointer("/discriminator/mapping")
            .and_then(Value::as_object);
        if let Some(mapping) = mapping {
            let new: Map<String, Value> = mapping
                .iter()
                .map(|(value, target)| {
                    let text = target.as_str().unwrap_or_default();
                    let new = new_reference(text).or_else(|| renamed.get(text).cloned());
                    (
                        value.clone(),
                        new.map_or_else(|| target.clone(), Value::from),
                    )
                })
                .collect();
            mappings.push((format!("{pointer}/discriminator/mapping"), new));
        }
    });
    for (place, reference) in references {
        if let Some(part) = document.pointer_mut(&place) {
            *part = Value::from(reference);
        }
    }
    for (place, mapping) in mappings {
        if let Some(part) = document.pointer_mut(&place) {
            *part = Value::Object(mapping);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_that_has_the_type_of_another_is_renamed_with_its_references() {
        let mut document = json!({ "paths": {}, "components": { "schemas": {
            "foo": { "type": "string" },
            "Foo": { "oneOf": [{ "$ref": "#/components/schemas/foo" }, { "$ref": "#/components/schemas/+1" }],
                "discriminator": { "propertyName": "a", "mapping": { "b": "foo", "c": "#/components/schemas/+1" } } },
            "+1": {},
        } } });
        let renamed = separate(&mut document);
        assert_eq!(
            document["components"]["schemas"],
            json!({
                "Foo2": { "type": "string" },
                "Foo": { "oneOf": [{ "$ref": "#/components/schemas/Foo2" }, { "$ref": "#/components/schemas/Plus1" }],
                    "discriminator": { "propertyName": "a", "mapping": { "b": "Foo2", "c": "#/components/schemas/Plus1" } } },
                "Plus1": {},
            })
        );
        assert_eq!(renamed.len(), 2);
    }
}
