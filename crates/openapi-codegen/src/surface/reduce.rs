//! Reduces generated code to what its users see.
//!
//! Bodies are removed, and so is everything private. What stays is what a review of a change wants to look at: types,
//! fields with their names on the wire, functions with their arguments, constants, implemented traits, documentation.

use syn::punctuated::Punctuated;
use syn::{
    Attribute, Field, Fields, ImplItem, Item, Meta, Token, TraitItem, Visibility, parse_quote,
};

use crate::output;

/// Reduces a file to its public surface.
pub(crate) fn surface(file: &syn::File) -> syn::File {
    let mut seen = file.clone();
    seen.attrs.clear();
    seen.items = items(&file.items);
    // Long paths say the same as short ones.
    output::shorten(&seen).unwrap_or(seen)
}

fn items(all: &[Item]) -> Vec<Item> {
    all.iter().filter_map(item).collect()
}

fn item(item: &Item) -> Option<Item> {
    let mut item = item.clone();
    match &mut item {
        Item::Struct(found) if is_public(&found.vis) => {
            attributes(&mut found.attrs);
            fields(&mut found.fields);
        }
        Item::Enum(found) if is_public(&found.vis) => {
            attributes(&mut found.attrs);
            for variant in &mut found.variants {
                attributes(&mut variant.attrs);
            }
        }
        Item::Const(found) if is_public(&found.vis) => attributes(&mut found.attrs),
        Item::Type(found) if is_public(&found.vis) => attributes(&mut found.attrs),
        Item::Use(found) if is_public(&found.vis) => attributes(&mut found.attrs),
        Item::Fn(found) if is_public(&found.vis) => {
            attributes(&mut found.attrs);
            found.block = parse_quote!({});
        }
        Item::Mod(found) if is_public(&found.vis) => {
            attributes(&mut found.attrs);
            if let Some((_, content)) = &mut found.content {
                *content = items(content);
            }
        }
        Item::Trait(found) if is_public(&found.vis) => {
            attributes(&mut found.attrs);
            for member in &mut found.items {
                if let TraitItem::Fn(function) = member {
                    function.default = None;
                }
            }
        }
        Item::Impl(found) => {
            attributes(&mut found.attrs);
            if found.trait_.is_some() {
                // That the trait is implemented is what is seen; the types it fixes are seen too.
                found
                    .items
                    .retain(|member| matches!(member, ImplItem::Type(_)));
            } else {
                found.items.retain_mut(own);
                if found.items.is_empty() {
                    return None;
                }
            }
        }
        _ => return None,
    }
    Some(item)
}

fn own(member: &mut ImplItem) -> bool {
    match member {
        ImplItem::Fn(function) => {
            attributes(&mut function.attrs);
            function.block = parse_quote!({});
            is_public(&function.vis)
        }
        ImplItem::Const(constant) => {
            attributes(&mut constant.attrs);
            is_public(&constant.vis)
        }
        _ => false,
    }
}

fn fields(fields: &mut Fields) {
    match fields {
        Fields::Named(named) => {
            let public = |field: &Field| is_public(&field.vis);
            named.named = named
                .named
                .iter()
                .filter(|field| public(field))
                .cloned()
                .collect();
            for field in &mut named.named {
                attributes(&mut field.attrs);
            }
        }
        Fields::Unnamed(unnamed) => {
            if !unnamed.unnamed.iter().all(|field| is_public(&field.vis)) {
                unnamed.unnamed = Punctuated::<Field, Token![,]>::new();
            }
        }
        Fields::Unit => {}
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Takes away the attributes that only a compiler wants.
fn attributes(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| {
        let wanted = [
            "doc",
            "serde",
            "derive",
            "non_exhaustive",
            "must_use",
            "deprecated",
        ];
        wanted.iter().any(|name| attribute.path().is_ident(name)) && !names_runtime(attribute)
    });
}

/// Whether an attribute only says where a derive macro finds its crate.
fn names_runtime(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string().starts_with("crate ="))
}
