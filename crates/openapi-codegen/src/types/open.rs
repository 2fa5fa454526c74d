//! Open sets of strings: an enum that knows the values of today and keeps those of tomorrow.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::document::naming;

/// The enum `name` of `values`. `value_doc` describes a value.
pub(crate) fn tokens(
    name: &str,
    doc: &str,
    values: &[String],
    value_doc: &dyn Fn(&str) -> Option<String>,
) -> TokenStream {
    let ident = format_ident!("{name}");
    let Variants { known, unknown } = variants(values);
    let texts: Vec<&str> = values.iter().map(String::as_str).collect();
    let docs: Vec<String> = texts
        .iter()
        .map(|text| {
            value_doc(text).map_or_else(|| format!("`{text}`"), |doc| format!("`{text}`: {doc}"))
        })
        .collect();
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ident {
            #( #[doc = #docs] #known, )*
            /// A value that was not known when this was generated, as it came.
            #unknown(::std::string::String),
        }

        impl #ident {
            /// The known values.
            pub const KNOWN: &'static [Self] = &[ #( Self::#known ),* ];

            /// The value as it is written on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #( Self::#known => #texts, )*
                    Self::#unknown(text) => text,
                }
            }

            fn known(text: &str) -> ::std::option::Option<Self> {
                match text {
                    #( #texts => ::std::option::Option::Some(Self::#known), )*
                    _ => ::std::option::Option::None,
                }
            }
        }

        impl ::std::convert::From<&str> for #ident {
            fn from(text: &str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::#unknown(text.to_owned()))
            }
        }

        impl ::std::convert::From<::std::string::String> for #ident {
            fn from(text: ::std::string::String) -> Self {
                Self::known(&text).unwrap_or(Self::#unknown(text))
            }
        }

        impl ::std::str::FromStr for #ident {
            type Err = ::std::convert::Infallible;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl ::std::convert::AsRef<str> for #ident {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        // Two values are the same if they are the same text, however they were made.
        impl ::std::cmp::PartialEq for #ident {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::std::cmp::Eq for #ident {}

        impl ::std::cmp::PartialOrd for #ident {
            fn partial_cmp(&self, other: &Self) -> ::std::option::Option<::std::cmp::Ordering> {
                ::std::option::Option::Some(self.cmp(other))
            }
        }

        impl ::std::cmp::Ord for #ident {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl ::std::hash::Hash for #ident {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl ::serde::Serialize for #ident {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                deserializer.deserialize_string(super::TextVisitor::new(#name))
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for #ident {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #name.into()
            }
            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "type": "string", "x-extensible-enum": [ #( #texts ),* ] })
            }
        }
    }
}

pub(crate) struct Variants {
    /// One for each value, in order.
    pub(crate) known: Vec<Ident>,
    /// The one that holds any other text.
    pub(crate) unknown: Ident,
}

/// Names for the variants of an open enum: all different, whatever the values are.
pub(crate) fn variants(values: &[String]) -> Variants {
    let mut taken = BTreeSet::new();
    let known = values
        .iter()
        .map(|value| format_ident!("{}", naming::unique(&naming::type_name(value), &mut taken)))
        .collect();
    let unknown = format_ident!("{}", naming::unique("Unknown", &mut taken));
    Variants { known, unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_would_share_a_name_get_different_names() {
        let values = ["a-b", "a_b", "AB", "Unknown", ""].map(str::to_owned);
        let Variants { known, unknown } = variants(&values);
        let mut names: Vec<String> = known.iter().map(ToString::to_string).collect();
        names.push(unknown.to_string());
        assert_eq!(names, ["AB", "AB2", "Ab", "Unknown", "X", "Unknown2"]);
    }
}
