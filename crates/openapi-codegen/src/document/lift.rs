//! Lifts every special schema into a component of its own, so that progenitor sees a reference to a named type
//! wherever the document has an open enum, a bounded integer, a secret or an error code in the middle of something.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::naming;
use super::nullable;
use super::walk::{Kind, join, walk};
use crate::types::bounded;
use crate::types::special::{Special, classify};

/// A special type that the document asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lifted {
    pub(crate) special: Special,
    /// The schema as the document has it, for its descriptions.
    pub(crate) schema: Value,
}

/// Lifts all special schemas of a document; the types by the Rust name that they get.
///
/// Named schemas have lost their `nullable` already ([`nullable::normalise`]).
pub(crate) fn lift(document: &mut Value) -> BTreeMap<String, Lifted> {
    let mut places = Vec::new();
    let mut plain = Vec::new();
    walk(document, &mut |pointer, kind, value| {
        if kind != Kind::Schema {
            return;
        }
        if let Some(special) = classify(document, value) {
            places.push((pointer.to_owned(), special));
        } else if value.get("type").and_then(Value::as_str) == Some("integer") {
            plain.push(pointer.to_owned());
        }
    });
    for pointer in plain {
        if let Some(schema) = document
            .pointer_mut(&pointer)
            .and_then(Value::as_object_mut)
        {
            bounded::simplify(schema, false);
        }
    }
    // `anyOf: [enum, string]` is one type, and what it is made of is none.
    let inside: BTreeSet<String> = places
        .iter()
        .filter(|(pointer, _)| {
            places
                .iter()
                .any(|(other, _)| pointer.starts_with(&format!("{other}/")))
        })
        .map(|(pointer, _)| pointer.clone())
        .collect();
    places.retain(|(pointer, _)| !inside.contains(pointer));

    let mut taken: BTreeSet<String> = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| naming::type_name(name))
        .collect();
    let mut lifted = BTreeMap::new();
    for (pointer, special) in places {
        if let Some(("schemas", name)) = naming::component(&pointer) {
            let name = naming::type_name(&name);
            let Some(place) = document.pointer_mut(&pointer) else {
                continue;
            };
            let schema = place.clone();
            simplify(place, &special);
            lifted.insert(name, Lifted { special, schema });
            continue;
        }
        let wish = match special {
            Special::Secret => "Secret".to_owned(),
            Special::ErrorCode => "ErrorCode".to_owned(),
            Special::Open(_) | Special::Closed(_) | Special::Bounded(_) => {
                naming::for_schema(document, &pointer)
            }
        };
        let shared = matches!(special, Special::Secret | Special::ErrorCode);
        let known = lifted.iter().find(|(name, other): &(&String, &Lifted)| {
            shared && other.special == special && name.starts_with(&wish)
        });
        let name = match known {
            Some((name, _)) => name.clone(),
            None => naming::unique(&wish, &mut taken),
        };
        let Some(place) = document.pointer_mut(&pointer) else {
            continue;
        };
        let mut schema = std::mem::replace(place, reference(place, &name));
        nullable::strip(&mut schema);
        let mut simple = schema.clone();
        simplify(&mut simple, &special);
        add_component(document, &name, &simple);
        lifted.entry(name).or_insert(Lifted { special, schema });
    }
    lifted
}

/// Takes from a schema what progenitor cannot read, and need not: its type is replaced.
fn simplify(schema: &mut Value, special: &Special) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    match special {
        Special::Bounded(_) => bounded::simplify(object, true),
        Special::Closed(_) => drop(object.remove("enum")),
        _ => {}
    }
}

/// What stands where the schema stood: a reference, with what is said about the place rather than about the type.
pub(super) fn reference(schema: &Value, name: &str) -> Value {
    let mut place = Map::new();
    place.insert(
        "allOf".to_owned(),
        json!([{ "$ref": join("#/components/schemas", name) }]),
    );
    for key in [
        "description",
        "nullable",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
    ] {
        if let Some(value) = schema.get(key) {
            place.insert(key.to_owned(), value.clone());
        }
    }
    Value::Object(place)
}

pub(super) fn add_component(document: &mut Value, name: &str, schema: &Value) {
    let Some(root) = document.as_object_mut() else {
        return;
    };
    let components = root.entry("components").or_insert_with(|| json!({}));
    let Some(components) = components.as_object_mut() else {
        return;
    };
    let schemas = components.entry("schemas").or_insert_with(|| json!({}));
    if let Some(schemas) = schemas.as_object_mut() {
        schemas.insert(name.to_owned(), schema.clone());
    }
}
