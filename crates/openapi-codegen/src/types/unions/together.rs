//! Structs of flattened parts, of which several may hold together.

use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Field, Fields, ItemImpl, ItemStruct, Type, parse_quote};

use super::attributes::{ForSchemars, drop_derives, has_serde, put_helpers_last};

/// Whether a struct is made of flattened parts and of nothing else.
pub(super) fn is_union(item: &ItemStruct) -> bool {
    let Fields::Named(fields) = &item.fields else {
        return false;
    };
    let is_part = |field: &Field| {
        let name = field.ident.as_ref().map(ToString::to_string);
        name.is_some_and(|name| name.starts_with("subtype_")) && has_serde(&field.attrs, "flatten")
    };
    !fields.named.is_empty() && fields.named.iter().all(is_part)
}

/// Takes what serde derives from a struct; what reads and writes it instead.
pub(super) fn rewrite(item: &mut ItemStruct) -> Vec<ItemImpl> {
    let ident = item.ident.clone();
    let none = format!("data did not match any part of `{ident}`");
    let (mut reads, mut fits, mut writes) = (Vec::new(), Vec::new(), Vec::new());
    for field in &item.fields {
        let (name, kind) = (&field.ident, &field.ty);
        match optional(kind) {
            Some(inner) => {
                reads.push(quote! {
                    #name: <#inner as ::serde::Deserialize>::deserialize(&value).ok()
                });
                fits.push(quote!(read.#name.is_some()));
                writes.push(quote! {
                    parts.extend(self.#name.as_ref().map(::serde_json::to_value));
                });
            }
            None => {
                reads.push(quote! {
                    #name: <#kind as ::serde::Deserialize>::deserialize(&value)
                        .map_err(<D::Error as ::serde::de::Error>::custom)?
                });
                fits.push(quote!(true));
                writes.push(quote!(parts.push(::serde_json::to_value(&self.#name));));
            }
        }
    }
    drop_derives(&mut item.attrs, &["Deserialize", "Serialize"]);
    ForSchemars.visit_item_struct_mut(item);
    put_helpers_last(&mut item.attrs);
    let reader = parse_quote! {
        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                let read = Self { #(#reads),* };
                if #(#fits)||* {
                    return Ok(read);
                }
                Err(<D::Error as ::serde::de::Error>::custom(#none))
            }
        }
    };
    let writer = parse_quote! {
        impl ::serde::Serialize for #ident {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                let mut parts = ::std::vec::Vec::new();
                #(#writes)*
                super::write_together(parts, serializer)
            }
        }
    };
    vec![reader, writer]
}

/// The `T` of `Option<T>`.
fn optional(kind: &Type) -> Option<impl ToTokens> {
    let Type::Path(path) = kind else {
        return None;
    };
    let last = path.path.segments.last()?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) if last.ident == "Option" => {
            arguments.args.first().cloned()
        }
        _ => None,
    }
}
