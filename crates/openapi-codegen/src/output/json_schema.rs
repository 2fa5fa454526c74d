//! The `schemars` implementations of the generated types, for the round trip back to the document.
//!
//! The passes that make a type also make its JSON Schema, marked with `#[cfg(feature = "schemars")]`. Here the mark
//! becomes the decision of the generator, so that users' crates see no feature that they do not have.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Item, Meta, Token, parse_quote};

/// Keeps what is marked, without the mark, or removes it.
pub(super) fn keep(mut file: syn::File, keep: bool) -> syn::File {
    Marks { keep }.visit_file_mut(&mut file);
    file
}

struct Marks {
    keep: bool,
}

impl Marks {
    fn items(&self, items: &mut Vec<Item>) {
        items.retain_mut(|item| match item {
            Item::Impl(block) => self.is_kept(&mut block.attrs),
            _ => true,
        });
    }

    /// Whether what has these attributes stays.
    fn is_kept(&self, attributes: &mut Vec<Attribute>) -> bool {
        let count = attributes.len();
        attributes.retain(|attribute| {
            !attribute.path().is_ident("cfg") || !names_feature(attribute.meta.to_token_stream())
        });
        self.keep || attributes.len() == count
    }
}

impl VisitMut for Marks {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        self.items(&mut file.items);
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            self.items(items);
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        *attributes = std::mem::take(attributes)
            .into_iter()
            .flat_map(|attribute| match conditional(&attribute) {
                Some(metas) if self.keep => metas
                    .into_iter()
                    .map(|meta| parse_quote!(#[#meta]))
                    .collect(),
                Some(_) => Vec::new(),
                None => vec![attribute],
            })
            .collect();
    }
}

/// What a `#[cfg_attr(feature = "schemars", ..)]` adds; `None` for another attribute.
fn conditional(attribute: &Attribute) -> Option<Vec<Meta>> {
    let Meta::List(list) = &attribute.meta else {
        return None;
    };
    if !list.path.is_ident("cfg_attr") {
        return None;
    }
    let metas = list
        .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .ok()?;
    let mut metas = metas.into_iter();
    let condition = metas.next()?;
    names_feature(condition.to_token_stream()).then(|| metas.collect())
}

fn names_feature(tokens: TokenStream) -> bool {
    let text = tokens.to_string();
    text.contains("feature") && text.contains("\"schemars\"")
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn marked() -> syn::File {
        parse_quote! {
            #[derive(Clone)]
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema), schemars(extend("a" = 1)))]
            struct A;
            mod types {
                #[cfg(feature = "schemars")]
                impl ::schemars::JsonSchema for A {}
                #[cfg(unix)]
                impl B for A {}
            }
        }
    }

    #[test]
    fn what_is_marked_is_removed() {
        let file = keep(marked(), false);
        let expected: syn::File = parse_quote! {
            #[derive(Clone)]
            struct A;
            mod types {
                #[cfg(unix)]
                impl B for A {}
            }
        };
        assert_eq!(quote!(#file).to_string(), quote!(#expected).to_string());
    }

    #[test]
    fn what_is_marked_is_kept_without_the_mark() {
        let file = keep(marked(), true);
        let expected: syn::File = parse_quote! {
            #[derive(Clone)]
            #[derive(::schemars::JsonSchema)]
            #[schemars(extend("a" = 1))]
            struct A;
            mod types {
                impl ::schemars::JsonSchema for A {}
                #[cfg(unix)]
                impl B for A {}
            }
        };
        assert_eq!(quote!(#file).to_string(), quote!(#expected).to_string());
    }
}
