//! Small corrections of the generated source: documentation, derives, and a constructor that could panic.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::calls::client_impl;
use crate::document::naming;
use crate::document::walk::{Kind, walk};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta, parse_quote};

/// Applies all of them.
pub(crate) fn tidy(file: &mut syn::File, document: &Value) {
    let checks = checks(document);
    for item in &mut file.items {
        if let Some(client) = client_impl(item) {
            // `Client::new` makes an HTTP client of its own and unwraps. `new_with_client` stays.
            client.items.retain(
                |item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "new"),
            );
        }
        match item {
            Item::Mod(types) if types.ident == "types" => derive_schemas(types, &checks),
            _ => {}
        }
    }
    Docs.visit_file_mut(file);
}

/// `schemars` is for the round trip from the types back to a document; nobody else pays for it.
fn derive_schemas(types: &mut syn::ItemMod, checks: &BTreeMap<String, TokenStream>) {
    for item in types.content.iter_mut().flat_map(|(_, items)| items) {
        let (name, attributes) = match item {
            Item::Struct(item) => (&item.ident, &mut item.attrs),
            Item::Enum(item) => (&item.ident, &mut item.attrs),
            _ => continue,
        };
        let on_the_wire = attributes.iter().any(|attribute| {
            attribute.path().is_ident("derive")
                && matches!(&attribute.meta, Meta::List(list)
                if list.tokens.to_string().contains("Serialize"))
        });
        if on_the_wire {
            attributes.push(
                parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]),
            );
            if let Some(checks) = checks.get(&name.to_string()) {
                attributes.push(
                    parse_quote!(#[cfg_attr(feature = "schemars", schemars(extend(#checks)))]),
                );
            }
        }
    }
}

/// What the types of strings check whenever one is made, by the names of the types: `schemars` cannot see it.
fn checks(document: &Value) -> BTreeMap<String, TokenStream> {
    let mut checks = BTreeMap::new();
    walk(document, &mut |pointer, kind, schema| {
        if kind != Kind::Schema || schema.get("type").and_then(Value::as_str) != Some("string") {
            return;
        }
        let mut own = Vec::new();
        for keyword in ["minLength", "maxLength"] {
            if let Some(count) = schema.get(keyword).and_then(Value::as_u64) {
                own.push(quote!(#keyword = #count));
            }
        }
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            own.push(quote!("pattern" = #pattern));
        }
        // A format or a list of values makes a type that checks something else.
        let plain = ["enum", "format", "x-extensible-enum"]
            .iter()
            .all(|keyword| schema.get(keyword).is_none());
        if plain && !own.is_empty() {
            let name = match naming::component(pointer) {
                Some(("schemas", name)) => naming::type_name(&name),
                _ => match schema.get("title").and_then(Value::as_str) {
                    Some(title) => naming::type_name(title),
                    None => naming::for_schema(document, pointer),
                },
            };
            checks.entry(name).or_insert_with(|| quote!(#(#own),*));
        }
    });
    checks
}

/// Writes documentation the way people do: one attribute a line, a space before the text, no empty end.
struct Docs;

impl VisitMut for Docs {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let mut tidied = Vec::with_capacity(attributes.len());
        for attribute in attributes.drain(..) {
            match doc_text(&attribute) {
                Some(text) => {
                    let text = text.trim_end();
                    for line in text.lines().chain(text.is_empty().then_some("")) {
                        let line = line.trim_end();
                        let line = line.strip_prefix(' ').unwrap_or(line);
                        let line = if line.is_empty() {
                            String::new()
                        } else {
                            format!(" {line}")
                        };
                        tidied.push(parse_quote!(#[doc = #line]));
                    }
                }
                None => tidied.push(attribute),
            }
        }
        *attributes = tidied;
    }
}

fn doc_text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match &pair.value {
        Expr::Lit(literal) if pair.path.is_ident("doc") => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
