//! Bounds of a field that are reported by an error code of their own.

use serde_json::{Map, Value};

/// A field's bound, and the code of what exceeds it.
pub(crate) struct Bound {
    pub(crate) field: String,
    pub(crate) code: String,
    max_bytes: u64,
    max_items: u64,
}

impl Bound {
    /// The bounds of the properties of a schema.
    pub(crate) fn read_all(properties: &Map<String, Value>) -> Vec<Self> {
        let bounds = properties.iter().filter_map(|(field, schema)| {
            Some(Self {
                field: field.clone(),
                code: schema["x-over-max-code"].as_str()?.to_owned(),
                max_bytes: schema["x-max-bytes"].as_u64().unwrap_or(u64::MAX),
                max_items: schema["x-max-items"].as_u64().unwrap_or(u64::MAX),
            })
        });
        bounds.collect()
    }

    /// Whether the field of `body` exceeds the bound.
    pub(crate) fn is_exceeded(&self, body: &Value) -> bool {
        let exceeds = |length: usize, max: u64| u64::try_from(length).is_ok_and(|it| it > max);
        match &body[&self.field] {
            Value::String(text) => exceeds(text.len(), self.max_bytes),
            Value::Array(items) => exceeds(items.len(), self.max_items),
            _ => false,
        }
    }
}
