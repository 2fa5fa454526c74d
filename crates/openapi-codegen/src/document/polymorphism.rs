//! Says in `oneOf` what documents say with a `discriminator`, and remembers which value stands for which alternative.
//!
//! progenitor reads no discriminator. Its enums take the first alternative that fits, and a base schema is only what it
//! says itself, so that what its heirs add is dropped. So a base becomes a choice between its heirs here, and
//! [`Tagged`] tells [`crate::types::unions`] how the generated enum is to choose.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::naming;
use super::walk::{Kind, join, walk};

const SCHEMAS: &str = "/components/schemas";

/// A choice that a property decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tagged {
    /// Where the document says so.
    pub(crate) pointer: String,
    /// The property.
    pub(crate) property: String,
    /// For each alternative the values that stand for it; the first is written where the property is missing.
    pub(crate) tags: Vec<Vec<String>>,
    /// The alternative for any other value.
    pub(crate) fallback: Option<usize>,
}

/// Rewrites a document; the choices that it has then, by the names of their types.
pub(crate) fn normalise(
    document: &mut Value,
    renamed: &BTreeMap<String, String>,
) -> BTreeMap<String, Tagged> {
    choose_one(document);
    let bases = split_bases(document);
    hoist(document);
    let original: BTreeMap<&String, &String> =
        renamed.iter().map(|(old, new)| (new, old)).collect();
    let mut tagged = BTreeMap::new();
    let schemas = document.pointer(SCHEMAS).and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        if let Some(mut found) = read(document, name, schema, &original) {
            found.fallback = bases.get(name).copied();
            // The base itself is what the document calls by this name.
            if let Some(own) = found
                .fallback
                .and_then(|position| found.tags.get_mut(position))
            {
                *own = tags(document, schema, name, &original, 8);
            }
            tagged.insert(naming::type_name(name), found);
        }
    }
    tagged
}

/// The parts of a combination.
fn parts<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = &'a Value> {
    let parts = schema.get(keyword).and_then(Value::as_array);
    parts.into_iter().flatten()
}

/// The named schema that a reference leads to.
fn target(part: &Value) -> Option<String> {
    let reference = part.get("$ref").and_then(Value::as_str)?;
    match naming::component(reference) {
        Some(("schemas", name)) => Some(name),
        _ => None,
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": join(&format!("#{SCHEMAS}"), name) })
}

/// With a discriminator `anyOf` is a choice of one too.
fn choose_one(document: &mut Value) {
    let mut places = Vec::new();
    walk(document, &mut |pointer, kind, schema| {
        let has = |keyword: &str| schema.get(keyword).is_some();
        if kind == Kind::Schema && has("discriminator") && has("anyOf") && !has("oneOf") {
            places.push(pointer.to_owned());
        }
    });
    for place in places {
        if let Some(schema) = document.pointer_mut(&place).and_then(Value::as_object_mut)
            && let Some(parts) = schema.remove("anyOf")
        {
            schema.insert("oneOf".to_owned(), parts);
        }
    }
}

/// Makes every base with heirs a choice between them and what the base says itself; the position of the latter.
fn split_bases(document: &mut Value) -> BTreeMap<String, usize> {
    let mut positions = BTreeMap::new();
    let Some(schemas) = document.pointer(SCHEMAS).and_then(Value::as_object) else {
        return positions;
    };
    let mut taken: BTreeSet<String> = schemas.keys().map(|name| naming::type_name(name)).collect();
    let mut bases = Vec::new();
    for (name, schema) in schemas {
        let chooses = ["oneOf", "anyOf"]
            .iter()
            .any(|keyword| schema.get(keyword).is_some());
        if schema.pointer("/discriminator/propertyName").is_none() || chooses {
            continue;
        }
        let heirs = heirs(schemas, name, schema);
        if !heirs.is_empty() {
            let wish = format!("{}-base", naming::type_name(name));
            let own = naming::unique(&naming::stable_type_name(&wish), &mut taken);
            bases.push((name.clone(), own, heirs));
        }
    }
    for (name, own, heirs) in bases {
        inherit_from(document, &name, &own);
        let Some(schemas) = document.pointer_mut(SCHEMAS).and_then(Value::as_object_mut) else {
            continue;
        };
        let Some(place) = schemas.get_mut(&name) else {
            continue;
        };
        let mut base = std::mem::take(place);
        let mut choice = Map::new();
        if let Some(base) = base.as_object_mut() {
            for keyword in ["discriminator", "nullable"] {
                if let Some(value) = base.remove(keyword) {
                    choice.insert(keyword.to_owned(), value);
                }
            }
            if let Some(description) = base.get("description") {
                choice.insert("description".to_owned(), description.clone());
            }
        }
        let all = heirs.iter().chain([&own]).map(|name| reference(name));
        choice.insert("oneOf".to_owned(), all.collect());
        *place = Value::Object(choice);
        schemas.insert(own, base);
        positions.insert(name, heirs.len());
    }
    positions
}

/// The schemas that combine a base, directly or through another heir, and those that its mapping names.
fn heirs(schemas: &Map<String, Value>, base: &str, schema: &Value) -> Vec<String> {
    let mut lineage = BTreeSet::from([base.to_owned()]);
    loop {
        let before = lineage.len();
        for (name, schema) in schemas {
            let inherits = parts(schema, "allOf")
                .filter_map(target)
                .any(|name| lineage.contains(&name));
            if inherits {
                lineage.insert(name.clone());
            }
        }
        if lineage.len() == before {
            break;
        }
    }
    let mapping = schema
        .pointer("/discriminator/mapping")
        .and_then(Value::as_object);
    for value in mapping
        .into_iter()
        .flatten()
        .filter_map(|(_, value)| value.as_str())
    {
        lineage.extend(named(value).filter(|name| schemas.contains_key(name)));
    }
    schemas
        .keys()
        .filter(|name| *name != base && lineage.contains(*name))
        .cloned()
        .collect()
}

/// The schema that a value of a mapping means: a name or a reference.
fn named(value: &str) -> Option<String> {
    match naming::component(value) {
        Some(("schemas", name)) => Some(name),
        _ => Some(value.to_owned()),
    }
}

/// Lets whatever extends a base extend what it says itself. What only refers to it still means the choice.
fn inherit_from(document: &mut Value, base: &str, own: &str) {
    let mut places = Vec::new();
    walk(document, &mut |pointer, kind, schema| {
        let extends = parts(schema, "allOf").count() > 1
            || matches!(naming::component(pointer), Some(("schemas", _)))
            || schema.get("properties").is_some();
        if kind != Kind::Schema || !extends {
            return;
        }
        for (index, part) in parts(schema, "allOf").enumerate() {
            if target(part).is_some_and(|name| name == base) {
                places.push(join(&join(pointer, "allOf"), &index.to_string()));
            }
        }
    });
    for place in places {
        if let Some(part) = document.pointer_mut(&place) {
            *part = reference(own);
        }
    }
}

/// Gives every choice with a discriminator in the middle of something a name.
fn hoist(document: &mut Value) {
    let mut places = Vec::new();
    walk(document, &mut |pointer, kind, schema| {
        let chooses = schema.get("oneOf").is_some() && schema.get("discriminator").is_some();
        let is_named = matches!(naming::component(pointer), Some(("schemas", _)));
        if kind == Kind::Schema && chooses && !is_named {
            places.push(pointer.to_owned());
        }
    });
    let schemas = document.pointer(SCHEMAS).and_then(Value::as_object);
    let mut taken: BTreeSet<String> = schemas
        .into_iter()
        .flatten()
        .map(|(name, _)| naming::type_name(name))
        .collect();
    // What stands within another comes first, so that the outer one moves as it is by then.
    for pointer in places.into_iter().rev() {
        let place = naming::for_schema(document, &pointer);
        let Some(schema) = document.pointer_mut(&pointer) else {
            continue;
        };
        let title = schema.get("title").and_then(Value::as_str);
        let wish = title.map_or(place, naming::stable_type_name);
        let name = naming::unique(&wish, &mut taken);
        let outside = super::lift::reference(schema, &name);
        let mut moved = std::mem::replace(schema, outside);
        super::nullable::strip(&mut moved);
        super::lift::add_component(document, &name, &moved);
    }
}

/// What a named schema says about its alternatives; `None` if it has no discriminator, or one that cannot be followed.
fn read(
    document: &Value,
    name: &str,
    schema: &Value,
    original: &BTreeMap<&String, &String>,
) -> Option<Tagged> {
    let property = schema.pointer("/discriminator/propertyName")?.as_str()?;
    let alternatives: Vec<String> = parts(schema, "oneOf").map(target).collect::<Option<_>>()?;
    if alternatives.len() < 2 {
        return None;
    }
    let tags: Vec<Vec<String>> = alternatives
        .iter()
        .map(|alternative| tags(document, schema, alternative, original, 0))
        .collect();
    Some(Tagged {
        pointer: join(
            SCHEMAS,
            original.get(&name.to_owned()).map_or(name, |old| old),
        ),
        property: property.to_owned(),
        tags,
        fallback: None,
    })
}

/// The values that stand for one alternative: those that the mapping gives it, or else its name; and those of the
/// alternatives that it is itself a choice of, by the same property.
fn tags(
    document: &Value,
    schema: &Value,
    alternative: &str,
    original: &BTreeMap<&String, &String>,
    depth: usize,
) -> Vec<String> {
    let mapping = schema
        .pointer("/discriminator/mapping")
        .and_then(Value::as_object);
    let mut found: Vec<String> = mapping
        .into_iter()
        .flatten()
        .filter(|(_, value)| {
            value
                .as_str()
                .and_then(named)
                .is_some_and(|name| name == alternative)
        })
        .map(|(tag, _)| tag.clone())
        .collect();
    let name = alternative.to_owned();
    let implied = original.get(&name).map_or(&name, |old| *old);
    if found.is_empty() && !mapping.is_some_and(|mapping| mapping.contains_key(implied)) {
        found.push(implied.clone());
    }
    let inner = document
        .pointer(&join(SCHEMAS, alternative))
        .unwrap_or(&Value::Null);
    let property = |schema: &Value| schema.pointer("/discriminator/propertyName").cloned();
    if depth < 8 && property(inner).is_some() && property(inner) == property(schema) {
        for part in parts(inner, "oneOf").filter_map(target) {
            found.extend(tags(document, inner, &part, original, depth + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(schemas: Value) -> Value {
        json!({ "paths": {}, "components": { "schemas": schemas } })
    }

    #[test]
    fn a_base_becomes_a_choice_between_its_heirs() {
        let mut document = document(json!({
            "Pet": { "properties": { "kind": {} }, "discriminator": { "propertyName": "kind", "mapping": { "c": "Cat" } } },
            "Cat": { "allOf": [{ "$ref": "#/components/schemas/Pet" }, {}] },
            "Siamese": { "allOf": [{ "$ref": "#/components/schemas/Cat" }, {}] },
            "Owner": { "properties": { "pet": { "allOf": [{ "$ref": "#/components/schemas/Pet" }] } } },
        }));
        let tagged = normalise(&mut document, &BTreeMap::new());
        let all = &document["components"]["schemas"];
        assert_eq!(all["Cat"]["allOf"][0], reference("PetBase"));
        assert_eq!(
            all["Owner"]["properties"]["pet"]["allOf"][0],
            reference("Pet")
        );
        assert_eq!(
            all["Pet"]["oneOf"],
            json!([reference("Cat"), reference("Siamese"), reference("PetBase")])
        );
        let pet = &tagged["Pet"];
        assert_eq!((&*pet.property, pet.fallback), ("kind", Some(2)));
        assert_eq!(pet.tags, [vec!["c"], vec!["Siamese"], vec!["Pet"]]);
    }

    #[test]
    fn a_choice_in_the_middle_of_something_gets_a_name() {
        let choice = json!({ "anyOf": [reference("A"), reference("B")], "nullable": true,
            "discriminator": { "propertyName": "t", "mapping": { "x": "#/components/schemas/A", "y": "A" } } });
        let mut document = document(json!({
            "A": {}, "B": {}, "Holder": { "properties": { "it": choice } },
        }));
        let tagged = normalise(&mut document, &BTreeMap::new());
        let place = &document["components"]["schemas"]["Holder"]["properties"]["it"];
        assert_eq!(
            *place,
            json!({ "allOf": [reference("HolderIt")], "nullable": true })
        );
        assert_eq!(tagged["HolderIt"].tags, [vec!["x", "y"], vec!["B"]]);
    }
}
