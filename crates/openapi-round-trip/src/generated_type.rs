//! A generated type, by the name of the schema that it was generated from.

use openapi_runtime::schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A type, and what is done with it.
#[derive(Debug)]
pub struct GeneratedType {
    /// The schema's name in the document.
    pub(crate) name: &'static str,
    /// Its JSON Schema, or a reference to it.
    pub(crate) schema: fn(&mut SchemaGenerator) -> Schema,
    /// Reads a value and writes it again.
    pub(crate) again: fn(&Value) -> Result<Value, String>,
}

impl GeneratedType {
    /// The type `T`, generated from the schema `name` of the document's components.
    #[must_use]
    pub fn of<T: JsonSchema + Serialize + DeserializeOwned>(name: &'static str) -> Self {
        Self {
            name,
            schema: |generator| generator.subschema_for::<T>(),
            again: |value| {
                let read: T = T::deserialize(value).map_err(|error| error.to_string())?;
                serde_json::to_value(read).map_err(|error| format!("cannot be written: {error}"))
            },
        }
    }
}
