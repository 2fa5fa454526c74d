//! The surface that most generators agree on: functions named by `operationId`, grouped by tag,
//! types named by their component, arguments that are there or optional. What a field or an argument
//! is, the comparison of schemas tells: a document can say the same in many ways.

use std::collections::{BTreeMap, BTreeSet};

use openapi_document::{Source, pointer};
use serde_json::Value;

use super::{SdkItem, SdkSurface};
use crate::document::{Document, Side, Spot};
use crate::http::parameters::DESCRIBED;
use crate::http::paths::anonymous;
use crate::sameness::references_in;

/// The names that a document itself gives to operations, arguments and types.
#[derive(Debug, Clone, Copy, Default)]
pub struct NamedSurface;

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl SdkSurface for NamedSurface {
    fn surface(&self, source: &Source) -> Result<BTreeMap<String, SdkItem>, String> {
        let document = Document::new(Side::Base, source);
        let mut items = BTreeMap::new();
        let paths = document.root().get("paths");
        for (path, item) in paths.iter().flat_map(Spot::entries) {
            let Ok(item) = document.resolve(item) else {
                continue;
            };
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    operation_items(&document, path, method, &item, &operation, &mut items);
                }
            }
        }
        for name in used_types(&document) {
            let pointer = pointer::join("/components/schemas", &name);
            let item = SdkItem {
                signature: name.clone(),
                pointer,
            };
            items.insert(format!("the type {name}"), item);
        }
        Ok(items)
    }

    fn knows_fields(&self) -> bool {
        false
    }
}

fn operation_items(
    document: &Document<'_>,
    path: &str,
    method: &str,
    item: &Spot<'_>,
    operation: &Spot<'_>,
    items: &mut BTreeMap<String, SdkItem>,
) {
    let address = format!("{} {}", method.to_ascii_uppercase(), anonymous(path).0);
    let at = |key: &str| match operation.value.get(key) {
        Some(_) => pointer::join(&operation.pointer, key),
        None => operation.pointer.clone(),
    };
    if let Some(id) = operation.text("operationId") {
        let item = SdkItem {
            signature: id.to_owned(),
            pointer: at("operationId"),
        };
        items.insert(format!("the function for {address}"), item);
    }
    let tags = operation.get("tags");
    let tags: Vec<_> = tags.iter().flat_map(Spot::items).collect();
    let tags: Vec<&str> = tags.iter().filter_map(|tag| tag.value.as_str()).collect();
    if !tags.is_empty() {
        let item = SdkItem {
            signature: tags.join(", "),
            pointer: at("tags"),
        };
        items.insert(format!("the group of {address}"), item);
    }
    let body = operation.get("requestBody");
    if let Some(body) = body.and_then(|body| document.resolve(body).ok()) {
        let item = SdkItem {
            signature: need(&body).to_owned(),
            pointer: body.pointer.clone(),
        };
        items.insert(format!("the body of {address}"), item);
    }
    for level in [item, operation] {
        let parameters = level.get("parameters");
        for parameter in parameters.iter().flat_map(Spot::items) {
            let Ok(parameter) = document.resolve(parameter) else {
                continue;
            };
            let (Some(place), Some(name)) = (parameter.text("in"), parameter.text("name")) else {
                continue;
            };
            if place == "path" {
                continue;
            }
            let signature = need(&parameter);
            let name = name.to_ascii_lowercase();
            if place == "header" && DESCRIBED.contains(&name.as_str()) {
                continue;
            }
            let item = SdkItem {
                signature: signature.to_owned(),
                pointer: parameter.pointer.clone(),
            };
            items.insert(
                format!("the argument `{name}` ({place}) of {address}"),
                item,
            );
        }
    }
}

/// Whether an argument must be given.
fn need(spot: &Spot<'_>) -> &'static str {
    match spot.flag("required") {
        Some(true) => "required",
        _ => "optional",
    }
}

/// The component schemas that operations refer to, directly or by others.
fn used_types(document: &Document<'_>) -> BTreeSet<String> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut todo: Vec<&Value> = document.root().value.get("paths").into_iter().collect();
    let mut names = BTreeSet::new();
    while let Some(value) = todo.pop() {
        references_in(value, &mut |reference| {
            if !seen.insert(reference) {
                return;
            }
            if let Some(target) = document.target(reference) {
                todo.push(target.value);
                if let Some(name) = target.pointer.strip_prefix("/components/schemas/")
                    && !name.contains('/')
                {
                    names.insert(pointer::unescape(name).into_owned());
                }
            }
        });
    }
    names
}
