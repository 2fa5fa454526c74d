//! A JSON object that keeps the order of its keys, for changing one field of an answer and nothing else.

use std::fmt;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// The fields of an object, in the order in which they stand.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<(String, Value)>);

impl Fields {
    /// Writes a field, or removes it. A new one comes last.
    pub(crate) fn set(&mut self, name: &str, value: Option<Value>) {
        let place = self.0.iter().position(|(field, _)| field == name);
        match (place, value) {
            (Some(place), Some(value)) => self.0[place].1 = value,
            (None, Some(value)) => self.0.push((name.to_owned(), value)),
            (Some(place), None) => drop(self.0.remove(place)),
            (None, None) => {}
        }
    }

    pub(crate) fn to_bytes(&self) -> Bytes {
        // JSON values under text keys always serialize.
        Bytes::from(serde_json::to_vec(self).unwrap_or_default())
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(Object)
    }
}
