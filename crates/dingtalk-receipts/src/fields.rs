//! The names of a generated type's fields, as its decoder knows them: the contract states them, nothing repeats them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// The names of the fields of `T` on the wire; none if `T` is no struct.
pub(crate) fn of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    match T::deserialize(Probe) {
        Err(FieldNames(names)) => names,
        Ok(_) => &[],
    }
}

/// Gives no value, but listens to which fields are asked for.
struct Probe;

/// The fields that were asked for, told as an error because that ends the decoding.
#[derive(Debug)]
struct FieldNames(&'static [&'static str]);

impl<'de> Deserializer<'de> for Probe {
    type Error = FieldNames;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, FieldNames> {
        Err(FieldNames(fields))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, FieldNames> {
        Err(FieldNames(&[]))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl Error for FieldNames {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }
}

impl std::error::Error for FieldNames {}

impl fmt::Display for FieldNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} fields", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use dingtalk_receipts_api::types;

    #[test]
    fn the_contracts_own_fields_are_told() {
        let mut fields = super::of::<types::ReadStatusPage>().to_vec();
        fields.sort_unstable();
        assert_eq!(
            fields,
            [
                "hasMore",
                "nextToken",
                "readUserIds",
                "readUsers",
                "sendStatus"
            ]
        );
        assert!(super::of::<String>().is_empty());
    }
}
