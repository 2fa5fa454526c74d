//! Invariant of bundling: a document that is cut into files anywhere means what it meant in one.

use std::collections::BTreeMap;

use openapi_document::{Files, Source, bundle, pointer};
use proptest::prelude::*;
use serde_json::{Value, json};

struct Cut(BTreeMap<String, Value>);

impl Files for Cut {
    fn read(&mut self, path: &str) -> Result<Source, String> {
        let value = self.0.get(path).ok_or("no such file")?;
        Source::parse(path, value.to_string()).map_err(|error| error.to_string())
    }
}

/// A document with references, circles, data that looks like a reference, and odd names.
fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/pets/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "get": {
                    "tags": ["a"],
                    "responses": {"200": {"description": "d", "content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Pet"},
                        "examples": {"one": {"value": {"$ref": "no.yaml"}}},
                    }}}},
                },
            },
            "/100%25 a~b": {"$ref": "#/paths/~1pets~1{id}"},
        },
        "components": {"schemas": {
            "Pet": {"type": "object", "properties": {
                "mother": {"$ref": "#/components/schemas/Pet"},
                "kind": {"allOf": [{"$ref": "#/components/schemas/Kind/x"}, {"enum": [{"$ref": 1}]}]},
            }},
            "Kind": {"x": {"type": "string"}, "properties": {"$ref": {"type": "integer"}}},
        }},
    })
}

/// Where OpenAPI lets a reference stand, or people put one all the same.
fn cuts(value: &Value, at: &str, out: &mut Vec<String>) {
    let data = ["example", "examples", "enum", "value", "required", "tags"];
    if let Value::Object(entries) = value {
        for (key, inside) in entries
            .iter()
            .filter(|(key, _)| !data.contains(&key.as_str()))
        {
            let here = pointer::join(at, key);
            if inside.is_object() && key != "$ref" {
                out.push(here.clone());
            }
            cuts(inside, &here, out);
        }
    }
    if let Value::Array(items) = value {
        for (index, item) in items.iter().enumerate() {
            let here = pointer::join(at, &index.to_string());
            if item.is_object() {
                out.push(here.clone());
            }
            cuts(item, &here, out);
        }
    }
}

/// Moves what stands at a pointer into a file, whose references to the document name it.
fn cut(document: &mut Value, at: &str, number: usize, files: &mut BTreeMap<String, Value>) {
    let Some(place) = document.pointer_mut(at) else {
        return;
    };
    let (folder, back) = [("", ""), ("a/", "../"), ("a/b/", "../../")][number % 3];
    let path = format!("{folder}part{number}.yaml");
    let whole = json!({"$ref": path});
    let mut part = std::mem::replace(place, whole);
    seen_from(&mut part, back);
    files.insert(path, part);
}

/// References as they are written in a file of another folder.
fn seen_from(value: &mut Value, back: &str) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if key == "$ref" && text.starts_with('#') => {
                        *text = format!("{back}api.yaml{text}");
                    }
                    Value::String(text) if key == "$ref" && text != "no.yaml" => {
                        *text = format!("{back}{text}");
                    }
                    value => seen_from(value, back),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| seen_from(item, back)),
        _ => {}
    }
}

/// A value with what it refers to in the place of the references, to a depth.
fn meaning(source: &Source, value: &Value, depth: usize) -> Value {
    if depth == 0 {
        return Value::Null;
    }
    if let Some(reference) = value.get("$ref").and_then(Value::as_str)
        && let Some(found) = source.resolve(reference)
    {
        return meaning(source, found.value, depth);
    }
    match value {
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), meaning(source, value, depth - 1)))
            .collect(),
        Value::Array(items) => items
            .iter()
            .map(|item| meaning(source, item, depth - 1))
            .collect(),
        data => data.clone(),
    }
}

proptest! {
    #[test]
    fn a_document_cut_into_files_means_the_same(choices in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
        let whole = document();
        let mut root = whole.clone();
        let mut files = BTreeMap::new();
        for (number, choice) in choices.iter().enumerate() {
            let mut places = Vec::new();
            cuts(&root, "", &mut places);
            if !places.is_empty() {
                cut(&mut root, choice.get::<String>(&places), number, &mut files);
            }
        }
        let source = Source::parse("api.yaml", root.to_string()).unwrap();
        let bundled = bundle(source, "api.yaml", &mut Cut(files));
        prop_assert_eq!(bundled.unresolved(), []);
        let original = Source::parse("api.yaml", whole.to_string()).unwrap();
        for at in ["/openapi", "/info", "/paths", "/components/schemas/Pet", "/components/schemas/Kind"] {
            let (found, expected) = (bundled.value().pointer(at).unwrap(), whole.pointer(at).unwrap());
            prop_assert_eq!(meaning(&bundled, found, 14), meaning(&original, expected, 14), "{}", at);
        }
    }
}
