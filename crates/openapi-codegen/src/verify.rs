//! Is the generated type the one that the document means?
//!
//! Types are joined by their names: what this crate makes and what progenitor uses, what the document names and what
//! [`NamedType`](crate::NamedType) promises. Where the names differ progenitor makes a type of its own, silently and
//! without the checks. So the names are compared before anything else is done to the code.

use std::collections::BTreeSet;

use serde_json::Value;
use syn::visit::{self, Visit};

use crate::client::paths::MARKER;
use crate::document::naming;
use crate::document::walk::{Kind, join, walk};
use crate::finding::Finding;
use crate::generator::{Prepared, named_types};

/// Compares the types of the code that progenitor wrote with those that the document asks for.
pub(crate) fn verify(
    document: &Value,
    prepared: &Prepared,
    file: &syn::File,
) -> Result<(), Vec<Finding>> {
    let mut findings = Vec::new();
    let mut find = |schema: &str, message: String| {
        findings.push(Finding::new(
            join("/components/schemas", schema),
            message,
            "rename the schema or the property: letters and digits, each word with one capital",
        ));
    };
    let made = made_types(file);
    for named in named_types(document, prepared) {
        let name = named.path.rsplit("::").next().unwrap_or_default();
        let is_replaced = prepared
            .replacements
            .values()
            .any(|path| path.ends_with(&named.path));
        if !is_replaced && !made.contains(name) {
            find(
                &named.schema,
                format!("the type of this schema was not made under its name `{name}`"),
            );
        }
    }
    for name in duplicates(file) {
        find(&name, format!("two schemas became the type `{name}`"));
    }
    let used = used_replacements(file);
    let referenced = referenced(&prepared.document);
    for (name, path) in &prepared.replacements {
        let path = path.replace(' ', "");
        if made.contains(name) {
            find(
                name,
                format!("the type `{name}` was made without its checks"),
            );
        } else if referenced.contains(name) && !used.contains(&path) {
            find(
                name,
                format!("nothing uses the type `{name}`, though the document refers to it"),
            );
        }
    }
    if findings.is_empty() {
        return Ok(());
    }
    Err(findings)
}

/// The names of types that were made more than once.
fn duplicates(file: &syn::File) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    type_names(file)
        .filter(|name| !seen.insert(name.clone()))
        .collect()
}

/// The names of the types in the module `types`.
fn made_types(file: &syn::File) -> BTreeSet<String> {
    type_names(file).collect()
}

fn type_names(file: &syn::File) -> impl Iterator<Item = String> {
    let types = file.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    types
        .flat_map(|(_, items)| items)
        .filter_map(|item| match item {
            syn::Item::Struct(item) => Some(item.ident.to_string()),
            syn::Item::Enum(item) => Some(item.ident.to_string()),
            _ => None,
        })
}

/// The schemas that some type or function must use: those that are referred to from another schema's property, item
/// or value, or from what is sent and received. What a combination refers to may be merged into another type.
fn referenced(document: &Value) -> BTreeSet<String> {
    let mut referenced = BTreeSet::new();
    walk(document, &mut |pointer, kind, value| {
        let Some(object) = value.as_object().filter(|_| kind == Kind::Schema) else {
            return;
        };
        let is_direct = pointer.starts_with("/components/schemas/")
            && pointer.contains("/properties/")
            && !["allOf", "anyOf", "oneOf", "not"]
                .iter()
                .any(|keyword| pointer.contains(&format!("/{keyword}/")));
        let single = object
            .get("allOf")
            .and_then(Value::as_array)
            .filter(|parts| parts.len() == 1)
            .and_then(|parts| parts.first());
        let reference = single.unwrap_or(value).get("$ref").and_then(Value::as_str);
        if let Some(("schemas", name)) = reference.and_then(naming::component)
            && is_direct
        {
            referenced.insert(naming::type_name(&name));
        }
    });
    referenced
}

/// The replaced types that the code uses, as they were named to progenitor.
fn used_replacements(file: &syn::File) -> BTreeSet<String> {
    let mut uses = Uses(BTreeSet::new());
    uses.visit_file(file);
    uses.0
}

struct Uses(BTreeSet<String>);

impl<'ast> Visit<'ast> for Uses {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let steps: Vec<String> = path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        if steps.first().is_some_and(|first| first == MARKER) {
            self.0.insert(steps.join("::"));
        }
        visit::visit_path(self, path);
    }
}
