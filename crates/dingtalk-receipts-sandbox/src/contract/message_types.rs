//! The types of messages, with the schemas of their content.

use std::collections::BTreeMap;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use openapi_document::{follow, pointer};
use serde_json::Value;

use crate::contract::invalid::Invalid;
use crate::contract::schema::Schemas;

/// Where the contract has them.
const PLACE: &str = "/x-message-types";

/// The types of messages, by the value of `msgKey`.
pub(crate) struct MessageTypes(BTreeMap<String, MessageType>);

struct MessageType {
    schema: Validator,
    /// The error code of each field that is not there.
    missing: BTreeMap<String, String>,
}

impl MessageTypes {
    /// Reads the types; a contract may have none.
    pub(crate) fn read(document: &Value, schemas: &Schemas) -> Result<Self, Invalid> {
        let mut types = BTreeMap::new();
        let all = document.pointer(PLACE).and_then(Value::as_object);
        for (name, schema) in all.into_iter().flatten() {
            let place = pointer::join(PLACE, name);
            let resolved = follow(document, schema)
                .ok_or_else(|| Invalid::new(&place, "the reference leads nowhere"))?;
            let fields = resolved["properties"].as_object().into_iter().flatten();
            let missing = fields.filter_map(|(field, schema)| {
                let code = schema["x-missing-code"].as_str()?;
                Some((field.clone(), code.to_owned()))
            });
            let read = MessageType {
                missing: missing.collect(),
                schema: schemas
                    .compile(schema)
                    .map_err(|message| Invalid::new(&place, message))?,
            };
            types.insert(name.clone(), read);
        }
        Ok(Self(types))
    }

    /// The content of a message, or the code by which it is refused.
    pub(crate) fn content(&self, msg_key: &str, msg_param: &str) -> Result<Value, &str> {
        if msg_key.is_empty() {
            return Err("invalidParameter.msgKey.empty");
        }
        let known = self
            .0
            .get(msg_key)
            .ok_or("invalidParameter.msgKey.invalid")?;
        let content: Value = serde_json::from_str(msg_param)
            .ok()
            .filter(Value::is_object)
            .ok_or("invalidParameter.msgParam.invalid")?;
        let error = known.schema.iter_errors(&content).next();
        let code = error.map(|error| match error.kind() {
            ValidationErrorKind::Required { property } => property
                .as_str()
                .and_then(|field| known.missing.get(field))
                .map_or("invalidParameter.param.invalid", String::as_str),
            _ => "invalidParameter.param.invalid",
        });
        code.map_or(Ok(content), Err)
    }
}
