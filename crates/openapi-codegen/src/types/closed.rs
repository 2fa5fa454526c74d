//! Closed sets of strings whose values make no names that progenitor could tell apart: `['', ' ', '-']`, `[asc, ASC]`.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::document::naming;

/// Whether progenitor, which stops at variants of one name, can make the enum of these values.
pub(crate) fn is_nameable(values: &[String]) -> bool {
    // First it converts the values as they are, then with an `X` for what no name can have.
    let spelled = |value: &String| {
        let kept = |c: char| {
            if c == '_' || !naming::continues_identifier(c) {
                'X'
            } else {
                c
            }
        };
        naming::type_name(&value.chars().map(kept).collect::<String>())
    };
    differ(values.iter().map(|value| naming::type_name(value)))
        || differ(values.iter().map(spelled))
}

fn differ(mut names: impl Iterator<Item = String>) -> bool {
    let mut seen = BTreeSet::new();
    names.all(|name| seen.insert(name))
}

/// The enum `name` of `values`, in the form that progenitor writes.
pub(crate) fn tokens(name: &str, doc: &str, values: &[String]) -> TokenStream {
    let ident = format_ident!("{name}");
    let mut taken = BTreeSet::new();
    let variants: Vec<Ident> = values
        .iter()
        .map(|value| format_ident!("{}", naming::unique(&naming::type_name(value), &mut taken)))
        .collect();
    quote! {
        #[doc = #doc]
        #[derive(
            ::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd
        )]
        pub enum #ident {
            #( #[serde(rename = #values)] #variants, )*
        }

        impl #ident {
            /// The value as it is written on the wire.
            pub const fn as_str(&self) -> &'static str {
                match self {
                    #( Self::#variants => #values, )*
                }
            }
        }

        impl ::std::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for #ident {
            type Err = self::error::ConversionError;
            fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
                match value {
                    #( #values => Ok(Self::#variants), )*
                    _ => Err("invalid value".into()),
                }
            }
        }

        impl ::std::convert::TryFrom<&str> for #ident {
            type Error = self::error::ConversionError;
            fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
                value.parse()
            }
        }

        impl ::std::convert::TryFrom<::std::string::String> for #ident {
            type Error = self::error::ConversionError;
            fn try_from(
                value: ::std::string::String,
            ) -> ::std::result::Result<Self, self::error::ConversionError> {
                value.parse()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_nameable;

    #[test]
    fn values_are_nameable_if_progenitor_can_tell_them_apart() {
        let nameable = |values: &[&str]| {
            is_nameable(
                &values
                    .iter()
                    .map(|value| (*value).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert!(nameable(&["a", "b", "+1", "-1", ""]));
        assert!(nameable(&["=", "!="]));
        assert!(!nameable(&["a", "A"]));
        assert!(!nameable(&["", "-"]));
        assert!(!nameable(&["a", "a"]));
    }
}
