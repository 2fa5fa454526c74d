//! Single breaking edits at random places of real documents: those that the `openapiv3` package
//! ships. Every edit must be called breaking, and edits of texts must not.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use openapi_compat::{Class, compare};
use openapi_document::{Source, pointer};
use serde_json::{Value, json};

use crate::documents::shown;

/// The documents, all but the largest: a debug build takes its time.
const DOCUMENTS: [&str; 7] = [
    "adobe_aem.yaml",
    "azure_advisor.yaml",
    "docker.yaml",
    "fitbit.json",
    "polygon.json",
    "twilio.json",
    "walmart.json",
];
const EDITS_OF_EACH: usize = 8;

/// Where cargo keeps the package that ships the documents.
fn fixtures() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--manifest-path",
        ])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|one| one["name"] == "openapiv3");
    let manifest = PathBuf::from(package.unwrap()["manifest_path"].as_str().unwrap());
    manifest.with_file_name("fixtures")
}

/// A generator of the same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % bound
    }
}

/// A place where one edit breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Edit {
    kind: &'static str,
    at: String,
}

/// All places of a document where some edit breaks.
struct Places<'d> {
    document: &'d Value,
    seen: BTreeSet<(String, bool)>,
    edits: BTreeSet<Edit>,
}

impl Places<'_> {
    fn add(&mut self, kind: &'static str, at: &str) {
        let at = at.to_owned();
        self.edits.insert(Edit { kind, at });
    }

    fn end(&self, at: String) -> Option<(String, Value)> {
        let value = self.document.pointer(&at)?;
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.end(reference.strip_prefix('#')?.to_owned()),
            None => Some((at, value.clone())),
        }
    }

    fn operations(&mut self) {
        for (path, item) in self.document["paths"].as_object().unwrap() {
            for method in ["get", "put", "post", "delete", "patch"] {
                if let Some(operation) = item.get(method) {
                    let at = pointer::join(&pointer::join("/paths", path), method);
                    self.operation(&at, operation);
                }
            }
        }
    }

    fn operation(&mut self, at: &str, operation: &Value) {
        for kind in ["remove", "add a required parameter", "add security"] {
            self.add(kind, at);
        }
        for index in 0..operation["parameters"].as_array().map_or(0, Vec::len) {
            let Some((at, parameter)) = self.end(format!("{at}/parameters/{index}")) else {
                continue;
            };
            if parameter["in"] == "query" && parameter["required"] != true {
                self.add("require", &at);
            }
        }
        self.content(&format!("{at}/requestBody"), true);
        for status in operation["responses"].as_object().into_iter().flatten() {
            if status.0.starts_with('2') {
                self.content(&format!("{at}/responses/{}", status.0), false);
            }
        }
    }

    fn content(&mut self, at: &str, sent: bool) {
        let Some((at, body)) = self.end(at.to_owned()) else {
            return;
        };
        for (media, _) in body["content"].as_object().into_iter().flatten() {
            let at = pointer::join(&format!("{at}/content"), media);
            self.add("remove", &at);
            if media == "application/json" {
                self.schema(&format!("{at}/schema"), sent);
            }
        }
    }

    fn schema(&mut self, at: &str, sent: bool) {
        let Some((at, schema)) = self.end(at.to_owned()) else {
            return;
        };
        let one_way = ["readOnly", "writeOnly"]
            .iter()
            .any(|key| schema[key] == true);
        if one_way || !self.seen.insert((at.clone(), sent)) {
            return;
        }
        if schema["type"].is_string() {
            self.add("change the type", &at);
        }
        if schema["enum"].as_array().is_some_and(|all| all.len() > 1) && schema["type"] == "string"
        {
            self.add(
                if sent {
                    "remove a value"
                } else {
                    "add a value"
                },
                &at,
            );
        }
        if sent
            && schema["type"] == "string"
            && schema.get("format").is_none()
            && schema.get("enum").is_none()
        {
            self.add("set a format", &at);
        }
        if schema["type"] == "object" && !sent && schema["required"][0].is_string() {
            self.add("require nothing", &at);
        }
        for (name, _) in schema["properties"].as_object().into_iter().flatten() {
            self.schema(&pointer::join(&format!("{at}/properties"), name), sent);
        }
        if schema["items"].is_object() {
            self.schema(&format!("{at}/items"), sent);
        }
    }
}

fn apply(document: &Value, edit: &Edit) -> Value {
    let mut edited = document.clone();
    let (parent, key) = edit.at.rsplit_once('/').unwrap();
    if edit.kind == "remove" {
        let key = key.replace("~1", "/").replace("~0", "~");
        edited
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(&key);
        return edited;
    }
    let place = edited.pointer_mut(&edit.at).unwrap();
    match edit.kind {
        "add a required parameter" => {
            let new = json!({"name": "zz", "in": "query", "required": true, "schema": {"type": "string"}});
            match place["parameters"].as_array_mut() {
                Some(all) => all.push(new),
                None => place["parameters"] = json!([new]),
            }
        }
        "require" => place["required"] = json!(true),
        "change the type" => {
            let other = if place["type"] == "boolean" {
                "array"
            } else {
                "boolean"
            };
            place["type"] = json!(other);
        }
        "remove a value" => {
            place["enum"].as_array_mut().unwrap().pop();
        }
        "add a value" => place["enum"].as_array_mut().unwrap().push(json!("zz")),
        "set a format" => place["format"] = json!("uuid"),
        "require nothing" => place["required"] = json!([]),
        // "add security"
        _ => place["security"] = json!([{"zz": []}]),
    }
    if edit.kind == "add security" {
        edited["components"]["securitySchemes"]["zz"] =
            json!({"type": "apiKey", "in": "header", "name": "X-ZZ"});
    }
    edited
}

fn read(name: &str, value: &Value) -> Source {
    Source::parse(name, value.to_string()).unwrap()
}

#[test]
fn breaking_edits_of_real_documents_are_found() {
    let folder = fixtures();
    let mut missed = Vec::new();
    for name in DOCUMENTS {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let base = Source::parse(name, text).unwrap();
        let document = base.value().clone();
        let mut places = Places {
            document: &document,
            seen: BTreeSet::new(),
            edits: BTreeSet::new(),
        };
        places.operations();
        let edits: Vec<Edit> = places.edits.into_iter().collect();
        let kinds: BTreeSet<&str> = edits.iter().map(|edit| edit.kind).collect();
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let mut numbers = Numbers(7);
        for round in 0..EDITS_OF_EACH {
            let kind = kinds[round % kinds.len()];
            let of_kind: Vec<&Edit> = edits.iter().filter(|edit| edit.kind == kind).collect();
            let edit = of_kind[numbers.below(of_kind.len())];
            let comparison =
                compare(&base, &read("revision.json", &apply(&document, edit))).unwrap();
            if comparison.verdict != Some(Class::Breaking) {
                missed.push(format!("{name} {edit:?}\n{}", shown(&comparison.findings)));
            }
        }
    }
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[test]
fn edits_of_texts_are_silent() {
    // What has references to nothing is unknown whatever was edited.
    for name in DOCUMENTS.iter().filter(|name| **name != "fitbit.json") {
        let text = std::fs::read_to_string(fixtures().join(name)).unwrap();
        let base = Source::parse(*name, text).unwrap();
        let mut document = base.value().clone();
        retell(&mut document, false);
        let comparison = compare(&base, &read("revision.json", &document)).unwrap();
        let worst = comparison.verdict;
        assert!(
            worst.is_none_or(|worst| worst == Class::Docs),
            "{name}\n{}",
            shown(&comparison.findings)
        );
    }
}

/// Gives everything that is not a mapping of names another description.
fn retell(value: &mut Value, names: bool) {
    match value {
        Value::Object(members) => {
            if !names && let Some(Value::String(text)) = members.get_mut("description") {
                text.push_str(", in other words");
            }
            for (key, value) in members {
                retell(
                    value,
                    !names && matches!(key.as_str(), "properties" | "schemas"),
                );
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| retell(item, false)),
        _ => {}
    }
}
