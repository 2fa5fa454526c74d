//! One operation of the contract: its route, its parameters, and the schemas of its request and responses.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use jsonschema::Validator;
use openapi_document::{follow, pointer};
use serde_json::Value;

use crate::contract::bound::Bound;
use crate::contract::example::ExampleResponse;
use crate::contract::invalid::Invalid;
use crate::contract::operation::Operation;
use crate::contract::parameter::Parameter;
use crate::contract::schema::Schemas;

/// Where the JSON form of a body stands in a request body or a response.
const JSON_CONTENT: &str = "/content/application~1json";

/// One operation as the contract has it.
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// Whether it needs an access token.
    pub(crate) secured: bool,
    /// The permission that the app needs.
    pub(crate) permission: Option<String>,
    /// The error codes that its document lists; empty if it lists none.
    pub(crate) codes: BTreeSet<String>,
    /// The parameters of its query and its headers.
    pub(crate) parameters: Vec<Parameter>,
    /// Its request body, if it has one.
    pub(crate) request: Option<RequestBody>,
    /// The response of an operation that the sandbox does not implement.
    pub(crate) example: Option<ExampleResponse>,
    /// The schemas of its responses; none for a response without a JSON body.
    responses: BTreeMap<String, Option<Validator>>,
}

/// The body of an operation's request.
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    /// The fields that it may have.
    pub(crate) fields: BTreeSet<String>,
    pub(crate) schema: Validator,
    /// The bounds that no schema has, because a code of its own reports each of them.
    pub(crate) bounds: Vec<Bound>,
}

impl Endpoint {
    /// Reads the operation at `place`.
    pub(crate) fn read(
        document: &Value,
        schemas: &Schemas,
        operation: Operation,
        (path, method): (&str, &str),
        place: &str,
    ) -> Result<Self, Invalid> {
        let item = document.pointer(place).unwrap_or(&Value::Null);
        let security = item.get("security").or_else(|| document.get("security"));
        let example = match operation {
            Operation::Other(_) => Some(ExampleResponse::read(document, schemas, item, place)?),
            _ => None,
        };
        Ok(Self {
            method: Method::from_bytes(method.to_ascii_uppercase().as_bytes())
                .map_err(|_| Invalid::new(place, format!("`{method}` is not an HTTP method")))?,
            path: path.to_owned(),
            secured: security
                .and_then(Value::as_array)
                .is_some_and(|any| !any.is_empty()),
            permission: item["x-permission"].as_str().map(str::to_owned),
            codes: item["x-error-codes"]
                .as_object()
                .map(|codes| codes.keys().cloned().collect())
                .unwrap_or_default(),
            parameters: Parameter::read_all(document, schemas, place)?,
            request: RequestBody::read(document, schemas, item, place)?,
            example,
            responses: responses(document, schemas, item, place)?,
        })
    }

    /// Where the contract lists the operation's error codes.
    pub(crate) fn codes_place(&self) -> String {
        let method = self.method.as_str().to_ascii_lowercase();
        let place = pointer::join(&pointer::join("/paths", &self.path), &method);
        pointer::join(&place, "x-error-codes")
    }

    /// The first of these codes that the operation lists, or the first of all.
    pub(crate) fn own_code<'c>(&self, candidates: [&'c str; 2]) -> &'c str {
        let own = candidates
            .into_iter()
            .find(|code| self.codes.contains(*code));
        own.unwrap_or(candidates[0])
    }

    /// What is wrong with a response of the sandbox by the contract, if anything is.
    pub(crate) fn fault_of_response(&self, status: u16, body: &Value) -> Option<String> {
        let schema = self
            .responses
            .get(status.to_string().as_str())
            .or_else(|| self.responses.get(&format!("{}XX", status / 100)))
            .or_else(|| self.responses.get("default"));
        let Some(schema) = schema else {
            return Some(format!("status {status} is not in the contract"));
        };
        schema
            .as_ref()?
            .iter_errors(body)
            .next()
            .map(|error| format!("{error} at `{}`", error.instance_path()))
    }
}

impl RequestBody {
    fn read(
        document: &Value,
        schemas: &Schemas,
        item: &Value,
        place: &str,
    ) -> Result<Option<Self>, Invalid> {
        let Some(body) = item.get("requestBody") else {
            return Ok(None);
        };
        let place = pointer::join(place, "requestBody");
        let body = follow(document, body)
            .ok_or_else(|| Invalid::new(&place, "the reference leads nowhere"))?;
        let schema = body
            .pointer(&format!("{JSON_CONTENT}/schema"))
            .ok_or_else(|| {
                let lacks = "the request body has no schema for `application/json`, and the sandbox reads no other";
                Invalid::new(&place, lacks)
            })?;
        let fields = follow(document, schema).and_then(|schema| schema["properties"].as_object());
        Ok(Some(Self {
            required: body["required"] == true,
            fields: fields
                .map(|properties| properties.keys().cloned().collect())
                .unwrap_or_default(),
            bounds: fields.map(Bound::read_all).unwrap_or_default(),
            schema: schemas
                .compile(schema)
                .map_err(|message| Invalid::new(&place, message))?,
        }))
    }
}

fn responses(
    document: &Value,
    schemas: &Schemas,
    item: &Value,
    place: &str,
) -> Result<BTreeMap<String, Option<Validator>>, Invalid> {
    let place = pointer::join(place, "responses");
    let mut responses = BTreeMap::new();
    for (status, response) in item["responses"].as_object().into_iter().flatten() {
        let place = pointer::join(&place, status);
        let response = follow(document, response)
            .ok_or_else(|| Invalid::new(&place, "the reference leads nowhere"))?;
        let schema = response.pointer(&format!("{JSON_CONTENT}/schema"));
        let schema = schema
            .map(|schema| schemas.compile(schema))
            .transpose()
            .map_err(|message| Invalid::new(&place, message))?;
        responses.insert(status.clone(), schema);
    }
    Ok(responses)
}
