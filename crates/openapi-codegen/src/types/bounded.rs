//! Integers with bounds: a type that cannot hold a value the contract forbids.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};

/// The Rust integer that a bounded type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repr {
    I32,
    I64,
    U64,
}

/// What an integer schema allows, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) repr: Repr,
    /// The format that the document states, if it is one of [`FORMATS`].
    format: Option<&'static str>,
    pub(crate) min: Option<i128>,
    pub(crate) max: Option<i128>,
    pub(crate) multiple_of: Option<i128>,
}

/// The formats of integers that progenitor has a type for, and the ends of that type.
const FORMATS: [(&str, i128, i128); 10] = [
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("int", i32::MIN as i128, i32::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("uint", 0, u32::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

impl Bounds {
    /// The bounds of an integer schema; `None` if the type that progenitor makes has them already.
    ///
    /// progenitor knows the types of the formats, and without a format `u64` for a minimum of 0 and `NonZeroU64` for
    /// a minimum of 1. With a format it drops a minimum of 0, and takes a minimum of 1 for a type that is too wide.
    pub(crate) fn of(schema: &Value) -> Option<Self> {
        let Range { format, min, max } = Range::of(schema);
        let multiple_of = schema
            .get("multipleOf")
            .and_then(exact)
            .filter(|it| *it > 1);
        let unsigned = format.is_some_and(|(name, ..)| name.starts_with('u'));
        let plain_min = match min {
            None => true,
            Some(0) => format.is_none(),
            Some(1) => format.is_none() || unsigned,
            Some(_) => false,
        };
        if max.is_none() && multiple_of.is_none() && plain_min {
            return None;
        }
        let name = format.map(|(name, ..)| name);
        let above_i64 =
            max.is_some_and(|max| max > i128::from(i64::MAX)) && min.is_some_and(|min| min >= 0);
        let repr = match name {
            Some("int32") => Repr::I32,
            Some("uint64") => Repr::U64,
            None if above_i64 => Repr::U64,
            _ => Repr::I64,
        };
        // The ends of the format, where its type is narrower than the one that holds the value.
        let (lowest, highest) = repr.limits();
        let (least, most) = format.map_or((lowest, highest), |(_, least, most)| (least, most));
        Some(Self {
            repr,
            format: name,
            min: Some(min.unwrap_or(least)).filter(|min| *min > lowest),
            max: Some(max.unwrap_or(most)).filter(|max| *max < highest),
            multiple_of,
        })
    }

    /// Whether no integer at all is within the bounds.
    pub(crate) fn is_empty(&self) -> bool {
        let (lowest, highest) = self.range();
        let step = self.multiple_of.unwrap_or(1);
        let first = lowest + (step - lowest.rem_euclid(step)) % step;
        first > highest
    }

    fn range(&self) -> (i128, i128) {
        let (lowest, highest) = self.repr.limits();
        (self.min.unwrap_or(lowest), self.max.unwrap_or(highest))
    }

    /// The type, called `name`.
    pub(crate) fn tokens(&self, name: &str, doc: &str) -> TokenStream {
        let ident = format_ident!("{name}");
        let repr = self.repr.tokens();
        let (min, max) = self.range();
        let (min_literal, max_literal) = (self.repr.literal(min), self.repr.literal(max));
        let range = self.in_words();
        let multiple_check = self.multiple_of.map(|step| {
            let step = self.repr.literal(step);
            quote! { && value % #step == 0 }
        });
        let new_doc = format!("Takes {range}; anything else is an error that says so.");
        let schema = self.schema(name);
        quote! {
            #[doc = #doc]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #ident(#repr);

            impl #ident {
                /// The smallest value.
                pub const MIN: #repr = #min_literal;
                /// The largest value.
                pub const MAX: #repr = #max_literal;

                #[doc = #new_doc]
                pub const fn new(value: #repr) -> ::std::result::Result<Self, super::OutOfRange> {
                    if value >= Self::MIN && value <= Self::MAX #multiple_check {
                        Ok(Self(value))
                    } else {
                        Err(super::OutOfRange::new(#name, #range, value as i128))
                    }
                }

                /// The value.
                pub const fn get(self) -> #repr {
                    self.0
                }
            }

            impl ::std::convert::TryFrom<#repr> for #ident {
                type Error = super::OutOfRange;
                fn try_from(value: #repr) -> ::std::result::Result<Self, Self::Error> {
                    Self::new(value)
                }
            }

            impl ::std::convert::From<#ident> for #repr {
                fn from(value: #ident) -> Self {
                    value.0
                }
            }

            impl ::std::fmt::Display for #ident {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::std::fmt::Display::fmt(&self.0, f)
                }
            }

            impl ::std::str::FromStr for #ident {
                type Err = super::OutOfRange;
                fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                    match text.parse::<#repr>() {
                        Ok(value) => Self::new(value),
                        Err(_) => Err(super::OutOfRange::not_a_number(#name, #range)),
                    }
                }
            }

            impl ::serde::Serialize for #ident {
                fn serialize<S: ::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::std::result::Result<S::Ok, S::Error> {
                    ::serde::Serialize::serialize(&self.0, serializer)
                }
            }

            impl<'de> ::serde::Deserialize<'de> for #ident {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    let value = <#repr as ::serde::Deserialize>::deserialize(deserializer)?;
                    Self::new(value).map_err(::serde::de::Error::custom)
                }
            }

            #schema
        }
    }

    fn schema(&self, name: &str) -> TokenStream {
        let ident = format_ident!("{name}");
        let format = self.format.unwrap_or(match self.repr {
            Repr::I32 => "int32",
            Repr::I64 => "int64",
            Repr::U64 => "uint64",
        });
        let bound = |key: &str, value: Option<i128>| {
            value.map(|value| {
                let (value, repr) = (self.repr.literal(value), self.repr.tokens());
                // Without a type the literal would be an `i32`, which is too small for most bounds.
                quote! { #key: (#value as #repr), }
            })
        };
        let min = bound("minimum", self.min);
        let max = bound("maximum", self.max);
        let step = bound("multipleOf", self.multiple_of);
        quote! {
            #[cfg(feature = "schemars")]
            impl ::schemars::JsonSchema for #ident {
                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    #name.into()
                }
                fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                    ::schemars::json_schema!({ "type": "integer", "format": #format, #min #max #step })
                }
            }
        }
    }

    /// Whether a value is an integer that the bounds allow.
    pub(crate) fn allow(&self, value: &Value) -> bool {
        let (min, max) = self.range();
        let number = value
            .as_i64()
            .map(i128::from)
            .or_else(|| value.as_u64().map(i128::from));
        number.is_some_and(|number| {
            (min..=max).contains(&number) && self.multiple_of.is_none_or(|step| number % step == 0)
        })
    }

    /// The bounds in words, for messages.
    pub(crate) fn in_words(&self) -> String {
        let what = match self.multiple_of {
            Some(step) => format!("a multiple of {step}"),
            None => "a whole number".to_owned(),
        };
        match (self.min, self.max) {
            (Some(min), Some(max)) => format!("{what} from {min} to {max}"),
            (Some(min), None) => format!("{what} from {min} on"),
            (None, Some(max)) => format!("{what} up to {max}"),
            (None, None) => what,
        }
    }
}

impl Repr {
    fn tokens(self) -> TokenStream {
        match self {
            Self::I32 => quote! { i32 },
            Self::I64 => quote! { i64 },
            Self::U64 => quote! { u64 },
        }
    }

    fn limits(self) -> (i128, i128) {
        match self {
            Self::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
            Self::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
            Self::U64 => (0, i128::from(u64::MAX)),
        }
    }

    /// A literal of this type; a value beyond the type becomes its nearest end.
    fn literal(self, value: i128) -> TokenStream {
        let (lowest, highest) = self.limits();
        let value = proc_macro2::Literal::i128_unsuffixed(value.clamp(lowest, highest));
        quote! { #value }
    }
}

/// What `minimum`, `maximum` and `format` of an integer schema say.
struct Range {
    format: Option<(&'static str, i128, i128)>,
    /// `None` if there is no minimum, or none above the smallest value of the format.
    min: Option<i128>,
    /// `None` if there is no maximum, or none below the largest value of the format.
    max: Option<i128>,
}

impl Range {
    fn of(schema: &Value) -> Self {
        let flag = |name: &str| schema.get(name) == Some(&Value::Bool(true));
        let (minimum, maximum) = (schema.get("minimum"), schema.get("maximum"));
        let mut min = minimum.and_then(|value| whole(value, f64::ceil));
        let mut max = maximum.and_then(|value| whole(value, f64::floor));
        if flag("exclusiveMinimum") {
            min = exclusive(minimum, min, 1);
        }
        if flag("exclusiveMaximum") {
            max = exclusive(maximum, max, -1);
        }
        let stated = schema.get("format").and_then(Value::as_str);
        let format = FORMATS.into_iter().find(|(name, ..)| Some(*name) == stated);
        if let Some((_, least, most)) = format {
            min = min.filter(|min| *min > least);
            max = max.filter(|max| *max < most);
        }
        Self { format, min, max }
    }
}

/// Leaves in an integer schema only those bounds that progenitor makes a type of, in the form that it reads: whole
/// numbers within `i64`. Only for schemas for which [`Bounds::of`] is `None`, or whose type this crate makes.
pub(crate) fn simplify(schema: &mut Map<String, Value>, is_replaced: bool) {
    const KEYWORDS: [&str; 5] = [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ];
    let min = Range::of(&Value::Object(schema.clone())).min;
    for keyword in KEYWORDS {
        schema.remove(keyword);
    }
    if let Some(min @ (0 | 1)) = min
        && !is_replaced
    {
        schema.insert("minimum".to_owned(), Value::from(i64::from(min == 1)));
    }
}

/// A number without a fraction.
fn exact(value: &Value) -> Option<i128> {
    let fraction = value.as_f64().is_some_and(|value| value.fract() != 0.0);
    whole(value, f64::floor).filter(|_| !fraction)
}

/// A bound as an integer; a bound with a fraction is rounded to the inside.
fn whole(value: &Value, round: fn(f64) -> f64) -> Option<i128> {
    if let Some(value) = value.as_i64() {
        return Some(i128::from(value));
    }
    if let Some(value) = value.as_u64() {
        return Some(i128::from(value));
    }
    // Beyond 2^53 a float is whole anyway, and `as` keeps to the ends of the type.
    value.as_f64().map(|value| round(value) as i128)
}

/// A bound that is itself not allowed: the next integer, unless rounding has moved to the inside already.
fn exclusive(bound: Option<&Value>, rounded: Option<i128>, step: i128) -> Option<i128> {
    let has_fraction = bound
        .and_then(Value::as_f64)
        .is_some_and(|bound| bound.fract() != 0.0);
    rounded.map(|bound| {
        if has_fraction {
            bound
        } else {
            bound.saturating_add(step)
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn words(schema: Value) -> Option<String> {
        Bounds::of(&schema).map(|bounds| bounds.in_words())
    }

    #[test]
    fn bounds_are_read_as_the_standard_means_them() {
        assert_eq!(
            words(json!({ "minimum": 1, "maximum": 200 })).unwrap(),
            "a whole number from 1 to 200"
        );
        assert_eq!(
            words(json!({ "maximum": 5 })).unwrap(),
            "a whole number up to 5"
        );
        assert_eq!(
            words(json!({ "minimum": -3 })).unwrap(),
            "a whole number from -3 on"
        );
        assert_eq!(
            words(json!({ "minimum": 0, "exclusiveMinimum": true, "maximum": 10, "exclusiveMaximum": true })).unwrap(),
            "a whole number from 1 to 9"
        );
        assert_eq!(
            words(json!({ "minimum": 0.5, "exclusiveMinimum": true, "maximum": 9.5 })).unwrap(),
            "a whole number from 1 to 9"
        );
        assert_eq!(
            words(json!({ "multipleOf": 5, "maximum": 20 })).unwrap(),
            "a multiple of 5 up to 20"
        );
    }

    #[test]
    fn what_a_plain_integer_can_say_is_no_bound() {
        assert_eq!(words(json!({})), None);
        assert_eq!(words(json!({ "minimum": 0 })), None);
        assert_eq!(words(json!({ "minimum": 1 })), None);
        assert_eq!(words(json!({ "format": "uint8", "minimum": 1 })), None);
        let max = json!({ "format": "int64", "maximum": 9_223_372_036_854_775_807_u64 });
        assert_eq!(words(max), None);
    }

    #[test]
    fn a_format_bounds_what_progenitor_would_let_through() {
        for (schema, expected) in [
            (
                json!({ "format": "int64", "minimum": 0 }),
                "a whole number from 0 on",
            ),
            (
                json!({ "format": "int32", "minimum": 1 }),
                "a whole number from 1 on",
            ),
            (
                json!({ "format": "uint8", "maximum": 200 }),
                "a whole number from 0 to 200",
            ),
            (
                json!({ "format": "int16", "multipleOf": 2 }),
                "a multiple of 2 from -32768 to 32767",
            ),
        ] {
            assert_eq!(words(schema).unwrap(), expected);
        }
    }

    #[test]
    fn bounds_are_simplified_to_what_progenitor_reads() {
        for (schema, simple) in [
            (
                json!({ "minimum": 0, "exclusiveMinimum": true }),
                json!({ "minimum": 1 }),
            ),
            (json!({ "minimum": -0.5 }), json!({ "minimum": 0 })),
            (
                json!({ "format": "uint64", "maximum": 18_446_744_073_709_551_615_u64 }),
                json!({ "format": "uint64" }),
            ),
        ] {
            let mut schema = schema.as_object().unwrap().clone();
            simplify(&mut schema, false);
            assert_eq!(Value::Object(schema), simple);
        }
    }

    #[test]
    fn bounds_without_an_integer_between_them_are_empty() {
        let empty = |schema: Value| Bounds::of(&schema).unwrap().is_empty();
        assert!(empty(json!({ "minimum": 3, "maximum": 2 })));
        assert!(empty(
            json!({ "minimum": 6, "maximum": 9, "multipleOf": 5 })
        ));
        assert!(!empty(
            json!({ "minimum": 6, "maximum": 10, "multipleOf": 5 })
        ));
        assert!(!empty(json!({ "minimum": 2, "maximum": 2 })));
    }
}
