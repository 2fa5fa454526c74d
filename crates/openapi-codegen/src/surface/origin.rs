//! Where in the document a generated name comes from.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::naming;
use crate::document::walk::{Kind, join, operations, walk};

/// The JSON pointers of what generated names come from.
pub(super) struct Origins {
    pointers: BTreeMap<String, String>,
}

impl Origins {
    pub(super) fn of(document: &Value) -> Self {
        let mut pointers = BTreeMap::new();
        let mut inline = Vec::new();
        walk(document, &mut |pointer, kind, _| {
            if kind == Kind::Schema {
                match pointer
                    .strip_prefix("/components/schemas/")
                    .filter(|name| !name.contains('/'))
                {
                    Some(name) => {
                        pointers.insert(
                            format!("types::{}", naming::type_name(name)),
                            pointer.to_owned(),
                        );
                    }
                    None => inline.push(pointer.to_owned()),
                }
            }
        });
        for pointer in inline {
            let name = format!("types::{}", naming::for_schema(document, &pointer));
            pointers.entry(name).or_insert(pointer);
        }
        for found in operations(document) {
            if let Some(id) = found.id() {
                let name = naming::value_name(id);
                pointers.insert(format!("Client::{name}_request"), found.pointer());
                pointers.insert(format!("Client::{name}"), found.pointer());
                pointers.insert(
                    format!("operations::{}", naming::constant_name(id)),
                    found.pointer(),
                );
            }
        }
        let entries = |extension: &str| {
            document
                .get(extension)
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        for (index, server) in entries("servers").iter().enumerate() {
            if let Some(name) = server.get("x-name").and_then(Value::as_str) {
                pointers.insert(
                    format!("servers::{}", naming::constant_name(name)),
                    format!("/servers/{index}"),
                );
            }
        }
        for (index, entry) in entries("x-error-catalog").iter().enumerate() {
            if let Some(code) = entry.get("code").and_then(Value::as_str) {
                let name = format!("errors::ErrorCode::{}", naming::type_name(code));
                pointers.insert(name, format!("/x-error-catalog/{index}"));
            }
        }
        for (module, extension) in [("ErrorKind", "x-error-kinds"), ("Advice", "x-error-advice")] {
            for (word, _) in document
                .get(extension)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let name = format!("errors::{module}::{}", naming::type_name(word));
                pointers.insert(name, join(&format!("/{extension}"), word));
            }
        }
        let schemes = document
            .pointer("/components/securitySchemes")
            .and_then(Value::as_object);
        for (scheme, _) in schemes.into_iter().flatten() {
            let name = format!("headers::{}", naming::constant_name(scheme));
            pointers.insert(name, join("/components/securitySchemes", scheme));
        }
        Self { pointers }
    }

    /// Where a path comes from: what it names, or the nearest around it that has an origin.
    pub(super) fn of_path(&self, path: &str) -> String {
        let mut path = path.split(": ").next().unwrap_or(path);
        loop {
            if let Some(pointer) = self.pointers.get(path) {
                return pointer.clone();
            }
            match path.rsplit_once("::") {
                Some((around, _)) => path = around,
                None => return String::new(),
            }
        }
    }

    /// Where a field of a type comes from, by its name on the wire.
    pub(super) fn field(&self, path: &str, name: &str) -> String {
        match self.of_path(path) {
            pointer if pointer.is_empty() => pointer,
            pointer => join(&join(&pointer, "properties"), name),
        }
    }
}
