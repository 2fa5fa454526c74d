//! One operation of the contract: its route, and the schemas of its request and responses.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use jsonschema::Validator;
use serde_json::Value;

use crate::contract::operation::Operation;
use crate::contract::schema::Schemas;
use crate::error::StartError;

/// One operation as the contract has it.
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// Whether it needs an access token.
    pub(crate) secured: bool,
    /// The fields that its request may have.
    pub(crate) fields: BTreeSet<String>,
    request: Validator,
    responses: BTreeMap<String, Validator>,
}

impl Endpoint {
    pub(crate) fn find(
        document: &Value,
        schemas: &Schemas,
        operation: Operation,
    ) -> Result<Self, StartError> {
        let lacks =
            |what: &str| StartError::Contract(format!("operation `{operation}` has no {what}"));
        let paths = document
            .get("paths")
            .and_then(Value::as_object)
            .ok_or_else(|| lacks("paths"))?;
        let (path, method, item) = paths
            .iter()
            .flat_map(|(path, item)| {
                let methods = item.as_object().into_iter().flatten();
                methods.map(move |(method, item)| (path, method, item))
            })
            .find(|(_, _, item)| item["operationId"] == operation.id())
            .ok_or_else(|| lacks("path"))?;
        let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes())
            .map_err(|_| lacks("known method"))?;
        let request = item
            .pointer("/requestBody/content/application~1json/schema")
            .ok_or_else(|| lacks("request body"))?;
        let mut responses = BTreeMap::new();
        for (status, response) in item["responses"].as_object().into_iter().flatten() {
            let response = resolve(document, response);
            if let Some(schema) = response.pointer("/content/application~1json/schema") {
                responses.insert(status.clone(), schemas.compile(schema)?);
            }
        }
        let security = item.get("security").or_else(|| document.get("security"));
        Ok(Self {
            method,
            path: path.clone(),
            secured: security
                .and_then(Value::as_array)
                .is_some_and(|any| !any.is_empty()),
            fields: resolve(document, request)["properties"]
                .as_object()
                .map(|properties| properties.keys().cloned().collect())
                .unwrap_or_default(),
            request: schemas.compile(request)?,
            responses,
        })
    }

    /// The schema of the request's body.
    pub(crate) const fn request(&self) -> &Validator {
        &self.request
    }

    /// What is wrong with a response of ours by the contract, if anything is.
    pub(crate) fn fault_of_response(&self, status: u16, body: &Value) -> Option<String> {
        let schema = self
            .responses
            .get(status.to_string().as_str())
            .or_else(|| self.responses.get("default"));
        let Some(schema) = schema else {
            return Some(format!("status {status} is not in the contract"));
        };
        schema
            .iter_errors(body)
            .next()
            .map(|error| format!("{error} at `{}`", error.instance_path()))
    }
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str);
    target
        .and_then(|reference| reference.strip_prefix('#'))
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(value)
}
