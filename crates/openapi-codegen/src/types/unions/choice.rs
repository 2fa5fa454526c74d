//! Enums of which one alternative holds.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::VisitMut;
use syn::{Fields, ItemEnum, ItemImpl, Variant, parse_quote};

use super::attributes::{ForSchemars, drop_derives, has_serde, put_helpers_last};
use crate::document::polymorphism::Tagged;

/// Takes what serde derives from an enum; what reads it instead, and writes it, where a property decides.
pub(super) fn rewrite(item: &mut ItemEnum, tagged: Option<&Tagged>) -> Vec<ItemImpl> {
    let deny = has_serde(&item.attrs, "deny_unknown_fields");
    let mut added = vec![reader(item, tagged, deny)];
    if let Some(tagged) = tagged {
        added.push(writer(item, tagged));
        drop_derives(&mut item.attrs, &["Deserialize", "Serialize"]);
        ForSchemars.visit_item_enum_mut(item);
        put_helpers_last(&mut item.attrs);
    } else {
        drop_derives(&mut item.attrs, &["Deserialize"]);
    }
    added
}

fn reader(item: &ItemEnum, tagged: Option<&Tagged>, deny: bool) -> ItemImpl {
    let ident = &item.ident;
    let none = format!("data did not match any variant of `{ident}`");
    let alternatives = item
        .variants
        .iter()
        .map(|variant| alternative(variant, deny));
    let count = item.variants.len();
    let by_tag = tagged.map(|tagged| {
        let (property, fallback) = (&tagged.property, option(tagged.fallback));
        let tags = tagged.tags.iter().map(|tags| quote!(&[#(#tags),*]));
        quote! {
            let tags: &[&[&str]] = &[#(#tags),*];
            let position = super::tagged(&value, #property, tags, #fallback)
                .map_err(<D::Error as ::serde::de::Error>::custom)?;
            if let ::std::option::Option::Some(read) =
                position.and_then(|position| alternatives.get(position))
            {
                return read(&value).map_err(<D::Error as ::serde::de::Error>::custom);
            }
        }
    });
    parse_quote! {
        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let alternatives: [super::Alternative<Self>; #count] = [#(#alternatives),*];
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                #by_tag
                super::closest(&value, &alternatives)
                    .ok_or_else(|| <D::Error as ::serde::de::Error>::custom(#none))
            }
        }
    }
}

/// A function that reads one alternative.
fn alternative(variant: &Variant, deny: bool) -> TokenStream {
    let name = &variant.ident;
    match &variant.fields {
        Fields::Unit => quote! {
            |value| match value {
                ::serde_json::Value::Null => Ok(Self::#name),
                _ => Err(<::serde_json::Error as ::serde::de::Error>::custom("expected null")),
            }
        },
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            let inner = fields.unnamed.iter().map(|field| &field.ty);
            quote! {
                |value| <#(#inner)* as ::serde::Deserialize>::deserialize(value).map(Self::#name)
            }
        }
        Fields::Unnamed(fields) => {
            let inner = fields.unnamed.iter().map(|field| &field.ty);
            let names: Vec<_> = (0..fields.unnamed.len())
                .map(|index| quote::format_ident!("field_{index}"))
                .collect();
            quote! {
                |value| <(#(#inner),*) as ::serde::Deserialize>::deserialize(value)
                    .map(|(#(#names),*)| Self::#name(#(#names),*))
            }
        }
        Fields::Named(fields) => {
            let names: Vec<_> = fields.named.iter().map(|field| &field.ident).collect();
            let fields = &fields.named;
            let deny = deny.then(|| quote!(#[serde(deny_unknown_fields)]));
            quote! {
                |value| {
                    #[derive(::serde::Deserialize)]
                    #deny
                    struct Fields { #fields }
                    let Fields { #(#names),* } = <Fields as ::serde::Deserialize>::deserialize(value)?;
                    Ok(Self::#name { #(#names),* })
                }
            }
        }
    }
}

fn writer(item: &ItemEnum, tagged: &Tagged) -> ItemImpl {
    let ident = &item.ident;
    let property = &tagged.property;
    let arms = item.variants.iter().zip(&tagged.tags).enumerate().map(|(index, (variant, tags))| {
        let name = &variant.ident;
        let is_fallback = tagged.fallback == Some(index);
        let write = |value: TokenStream| {
            quote!(super::write_tagged(#value, #property, &[#(#tags),*], #is_fallback, serializer))
        };
        match &variant.fields {
            Fields::Unit => {
                let write = write(quote!(&()));
                quote!(Self::#name => #write,)
            }
            Fields::Unnamed(fields) => {
                let names: Vec<_> = (0..fields.unnamed.len())
                    .map(|index| quote::format_ident!("field_{index}"))
                    .collect();
                let write = match names.as_slice() {
                    [only] => write(quote!(#only)),
                    all => write(quote!(&(#(#all),*))),
                };
                quote!(Self::#name(#(#names),*) => #write,)
            }
            Fields::Named(fields) => {
                let names: Vec<_> = fields.named.iter().map(|field| &field.ident).collect();
                let fields = &fields.named;
                let write = write(quote!(&Fields { #(#names: #names.clone()),* }));
                quote! {
                    Self::#name { #(#names),* } => {
                        #[derive(::serde::Serialize)]
                        struct Fields { #fields }
                        #write
                    }
                }
            }
        }
    });
    parse_quote! {
        impl ::serde::Serialize for #ident {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                match self { #(#arms)* }
            }
        }
    }
}

fn option(value: Option<usize>) -> TokenStream {
    match value {
        Some(value) => quote!(::std::option::Option::Some(#value)),
        None => quote!(::std::option::Option::None),
    }
}
