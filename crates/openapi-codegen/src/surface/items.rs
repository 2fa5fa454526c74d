//! The public surface as a list: each name that users can write down, and all that they depend on when they do.

use std::collections::BTreeMap;

use quote::{ToTokens, quote};
use serde_json::Value;
use syn::{Attribute, Fields, ImplItem, Item as Code, Meta};

use super::origin::Origins;

/// One public name of the generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// All that a user depends on, as text: a function's arguments, a field's type.
    pub signature: String,
    /// The JSON pointer of what it is generated from; empty if that is the document as a whole.
    pub pointer: String,
}

/// Every public item of a surface by its path, such as `types::Pet::name` or `Client::get_pet`.
///
/// A field that is added is an item that is added: who writes out all fields of a type is not taken into account.
pub(crate) fn items(surface: &syn::File, document: &Value) -> BTreeMap<String, Item> {
    let mut list = List {
        origins: Origins::of(document),
        items: BTreeMap::new(),
    };
    list.module("", &surface.items);
    list.items
}

struct List {
    origins: Origins,
    items: BTreeMap<String, Item>,
}

impl List {
    fn module(&mut self, path: &str, code: &[Code]) {
        for item in code {
            match item {
                Code::Mod(module) => {
                    if let Some((_, content)) = &module.content {
                        self.module(&join(path, &module.ident), content);
                    }
                }
                Code::Struct(found) => {
                    let path = join(path, &found.ident);
                    self.add(&path, "struct".to_owned());
                    self.derives(&path, &found.attrs);
                    self.fields(&path, &found.fields);
                }
                Code::Enum(found) => {
                    let path = join(path, &found.ident);
                    let open = found
                        .attrs
                        .iter()
                        .any(|attribute| attribute.path().is_ident("non_exhaustive"));
                    self.add(&path, if open { "open enum" } else { "enum" }.to_owned());
                    self.derives(&path, &found.attrs);
                    for variant in &found.variants {
                        let fields = &variant.fields;
                        self.add(&join(&path, &variant.ident), text(&quote!(#fields)));
                    }
                }
                Code::Const(found) => self.add(&join(path, &found.ident), text(&found.ty)),
                Code::Fn(found) => self.add(&join(path, &found.sig.ident), signature(&found.sig)),
                Code::Impl(found) => self.implementation(path, found),
                _ => {}
            }
        }
    }

    fn implementation(&mut self, path: &str, found: &syn::ItemImpl) {
        let own = text(&found.self_ty);
        // `impl From<X> for u8` is found under the type that it is about all the same.
        let path = if own.contains("::") || own.starts_with('&') {
            own
        } else {
            join(path, &own)
        };
        if let Some((name, _)) = &found.trait_ {
            self.add(&format!("{path}: {}", text(name)), "implemented".to_owned());
            return;
        }
        for member in &found.items {
            match member {
                ImplItem::Fn(function) => {
                    self.add(&join(&path, &function.sig.ident), signature(&function.sig));
                }
                ImplItem::Const(constant) => {
                    self.add(&join(&path, &constant.ident), text(&constant.ty))
                }
                _ => {}
            }
        }
    }

    fn derives(&mut self, path: &str, attributes: &[Attribute]) {
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("derive"))
        {
            if let Meta::List(list) = &attribute.meta {
                for name in list
                    .tokens
                    .to_string()
                    .replace(' ', "")
                    .split(',')
                    .filter(|name| !name.is_empty())
                {
                    let name = name.rsplit("::").next().unwrap_or(name);
                    self.add(&format!("{path}: {name}"), "implemented".to_owned());
                }
            }
        }
    }

    fn fields(&mut self, path: &str, fields: &Fields) {
        for (index, field) in fields.iter().enumerate() {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| index.to_string(), ToString::to_string);
            let item = Item {
                signature: text(&field.ty),
                pointer: self.origins.field(path, &wire_name(&field.attrs, &name)),
            };
            self.items.insert(join(path, &name), item);
        }
    }

    fn add(&mut self, path: &str, signature: String) {
        let pointer = self.origins.of_path(path);
        self.items
            .insert(path.to_owned(), Item { signature, pointer });
    }
}

fn join(path: &str, name: impl ToString) -> String {
    let name = name.to_string();
    if path.is_empty() {
        name
    } else {
        format!("{path}::{name}")
    }
}

/// The name of a field on the wire.
fn wire_name(attributes: &[Attribute], name: &str) -> String {
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        let tokens = attribute.to_token_stream().to_string();
        if let Some((_, after)) = tokens.split_once("rename = \"")
            && let Some((renamed, _)) = after.split_once('"')
        {
            return renamed.to_owned();
        }
    }
    name.to_owned()
}

fn signature(signature: &syn::Signature) -> String {
    let (inputs, output, generics) = (&signature.inputs, &signature.output, &signature.generics);
    let is_async = if signature.asyncness.is_some() {
        "async "
    } else {
        ""
    };
    format!(
        "{is_async}fn{}({}){}",
        text(generics),
        text(inputs),
        text(output).replace("->", " -> ")
    )
}

/// Tokens as people write them, without the paths of the standard library.
fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" :", ":"),
    ] {
        text = text.replace(from, to);
    }
    for prefix in [
        "::std::option::",
        "::std::string::",
        "::std::vec::",
        "::std::result::",
        "::std::convert::",
        "::std::",
    ] {
        text = text.replace(prefix, "");
    }
    text
}
