//! What the attributes of a generated type say, and taking derives from it.

use quote::quote;
use syn::visit_mut::VisitMut;
use syn::{Attribute, ItemEnum, Meta, Path, Token, parse_quote, punctuated::Punctuated};

/// Whether `#[serde(..)]` has a word, such as `untagged`.
pub(super) fn has_serde(attributes: &[Attribute], word: &str) -> bool {
    let mut found = false;
    each_serde(attributes, &mut |path, _| found |= path.is_ident(word));
    found
}

/// Whether serde reads an enum by a property.
pub(super) fn is_tagged_by(item: &ItemEnum, property: &str) -> bool {
    let mut found = false;
    each_serde(&item.attrs, &mut |path, value| {
        found |= path.is_ident("tag") && value.is_some_and(|value| value == property);
    });
    found
}

fn each_serde(attributes: &[Attribute], visit: &mut dyn FnMut(&Path, Option<String>)) {
    for attribute in attributes.iter().filter(|it| it.path().is_ident("serde")) {
        // What cannot be read after a word is not asked for.
        let _ = attribute.parse_nested_meta(|meta| {
            let value = match meta.value() {
                Ok(value) => match value.parse::<syn::Lit>()? {
                    syn::Lit::Str(text) => Some(text.value()),
                    _ => None,
                },
                Err(_) => None,
            };
            visit(&meta.path, value);
            Ok(())
        });
    }
}

/// Takes derives from a type, by the last step of their paths.
pub(super) fn drop_derives(attributes: &mut [Attribute], names: &[&str]) {
    for attribute in attributes.iter_mut() {
        let Meta::List(list) = &attribute.meta else {
            continue;
        };
        if !list.path.is_ident("derive") {
            continue;
        }
        let parser = Punctuated::<Path, Token![,]>::parse_terminated;
        if let Ok(all) = list.parse_args_with(parser) {
            let kept = all.iter().filter(|path| {
                let last = path.segments.last().map(|it| it.ident.to_string());
                !last.is_some_and(|last| names.contains(&&*last))
            });
            let kept = quote!(#(#kept),*);
            *attribute = parse_quote!(#[derive(#kept)]);
        }
    }
}

/// Puts `#[schemars(..)]` behind the derive that it is for.
pub(super) fn put_helpers_last(attributes: &mut [Attribute]) {
    attributes.sort_by_key(|attribute| {
        matches!(&attribute.meta, Meta::List(list)
            if list.path.is_ident("cfg_attr") && !list.tokens.to_string().contains("derive"))
    });
}

/// Leaves `#[serde(..)]` to `schemars` alone: without a derive of serde's own it is no attribute.
pub(super) struct ForSchemars;

impl VisitMut for ForSchemars {
    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if let Meta::List(list) = &attribute.meta
            && list.path.is_ident("serde")
        {
            let tokens = &list.tokens;
            *attribute = parse_quote!(#[cfg_attr(feature = "schemars", schemars(#tokens))]);
        }
    }
}
