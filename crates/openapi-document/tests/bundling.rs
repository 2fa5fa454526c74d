//! Invariants of bundling: it ends, and says of each reference where it leads or that it does not.

use std::collections::BTreeMap;

use openapi_document::{Files, Source, bundle, pointer};
use proptest::prelude::*;
use serde_json::{Value, json};

const PATHS: [&str; 3] = ["api.yaml", "a.yaml", "b/c.yaml"];

struct Texts(BTreeMap<String, Value>);

impl Files for Texts {
    fn read(&mut self, path: &str) -> Result<Source, String> {
        let value = self.0.get(path).ok_or("no such file")?;
        Source::parse(path, value.to_string()).map_err(|error| error.to_string())
    }
}

/// A reference to one of the files, or to something else.
fn reference() -> impl Strategy<Value = Value> {
    let file = prop_oneof![
        Just(""),
        Just("api.yaml"),
        Just("a.yaml"),
        Just("b/c.yaml"),
        Just("../a.yaml"),
        Just("no.yaml"),
        Just("http://x.y/z"),
        Just("%2e/a.yaml"),
    ];
    let inside = prop_oneof![
        Just(""),
        Just("#"),
        Just("#/"),
        Just("#/paths/~1a"),
        Just("#/paths/~1a/get"),
        Just("#anchor"),
        Just("#/components/schemas/A"),
        Just("#/components/schemas"),
        Just("#/components/schemas/A/properties"),
        Just("#/x-a"),
        Just("#/paths"),
    ];
    (file, inside).prop_map(|(file, inside)| json!({"$ref": format!("{file}{inside}")}))
}

/// Parts of a document, with references wherever there is an object.
fn part() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        reference(),
        reference(),
        Just(json!({"type": "string", "$anchor": "anchor"})),
        Just(json!(["x"])),
        Just(json!(null)),
        Just(json!({"get": {}, "$ref": "a.yaml#/paths/~1a"})),
        Just(json!({"discriminator": {"mapping": {"a": "a.yaml", "b": "#/no", "c": "C"}}})),
    ];
    let key = prop_oneof![
        Just("properties"),
        Just("A"),
        Just("get"),
        Just("/a"),
        Just("allOf"),
        Just("x-a"),
        Just("example"),
        Just("examples"),
        Just("parameters"),
        Just("~/%25"),
        Just("callbacks"),
    ];
    leaf.prop_recursive(4, 24, 4, move |inside| {
        prop_oneof![
            prop::collection::btree_map(key.clone().prop_map(str::to_owned), inside.clone(), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            prop::collection::vec(inside, 0..3).prop_map(Value::Array),
        ]
    })
}

fn file() -> impl Strategy<Value = Value> {
    (part(), part(), part(), part()).prop_map(|(item, schema, schemas, extension)| {
        let paths = json!({"/a": item, "/b": {"get": schema}});
        let mut file =
            json!({"paths": paths, "components": {"schemas": {"A": schema}}, "x-a": extension});
        if schemas.is_object() {
            file["components"]["schemas"] = schemas;
        }
        file
    })
}

/// Every member named `$ref` whose value is text, with its pointer, but none of data and extensions.
fn references(value: &Value, at: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(entries) => {
            if let Some(Value::String(text)) = entries.get("$ref") {
                out.push((at.to_owned(), text.clone()));
            }
            for (key, value) in entries {
                let data = key.starts_with("x-") || key.starts_with("example");
                if !data {
                    references(value, &pointer::join(at, key), out);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                references(item, &pointer::join(at, &index.to_string()), out);
            }
        }
        _ => {}
    }
}

/// Documents that contain themselves take a while: fewer of them, unless more are asked for.
fn cases() -> ProptestConfig {
    match std::env::var("PROPTEST_CASES") {
        Ok(_) => ProptestConfig::default(),
        Err(_) => ProptestConfig::with_cases(48),
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn each_reference_leads_somewhere_or_is_said_not_to(files in [file(), file(), file()]) {
        let mut files: BTreeMap<_, _> = PATHS.map(str::to_owned).into_iter().zip(files).collect();
        let root = files.remove("api.yaml").unwrap_or_default();
        let source = Source::parse("api.yaml", root.to_string()).unwrap();
        let bundled = bundle(source, "api.yaml", &mut Texts(files));
        let unresolved = bundled.unresolved();
        let mut all = Vec::new();
        references(bundled.value(), "", &mut all);
        for (at, text) in &all {
            let said = unresolved.iter().any(|one| one.pointer == *at);
            prop_assert!(said || bundled.resolve(text).is_some(), "{} at {}", text, at);
        }
        let pointers: Vec<&str> = all.iter().map(|(at, _)| at.as_str()).collect();
        for (place, pointer) in bundled.place_all(&pointers).iter().zip(&pointers) {
            prop_assert_eq!(place.to_string(), bundled.place(pointer).to_string());
        }
        // What is one document already stays as it is, but for what is not followed.
        let text = bundled.value().to_string();
        let again = bundle(Source::parse("api.yaml", text).unwrap(), "api.yaml", &mut Texts(BTreeMap::new()));
        if unresolved.is_empty() {
            prop_assert_eq!(again.value(), bundled.value());
        }
    }
}
