//! What the sandbox knows of the API: read from the contract, once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use axum::http::Method;
use jsonschema::Validator;
use openapi_document::Source;
use serde::Deserialize;
use serde_json::Value;

use crate::error::StartError;
use crate::operation::Operation;
use crate::schema::Schemas;

/// The contract as this crate carries it.
const TEXT: &str = include_str!("../openapi/dingtalk-receipts.yaml");

/// The parts of the contract that a server needs.
pub(crate) struct Contract {
    /// What is known of each operation.
    pub(crate) operations: BTreeMap<Operation, Endpoint>,
    /// The header that carries the access token.
    pub(crate) token_header: String,
    /// The most readers that a page may have.
    pub(crate) max_page_size: u64,
    catalog: Vec<Documented>,
    wire_messages: BTreeMap<String, String>,
}

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

/// One entry of the contract's error catalogue.
#[derive(Deserialize)]
pub(crate) struct Documented {
    pub(crate) code: String,
    statuses: Vec<u16>,
    kind: String,
    pub(crate) origin: String,
    pub(crate) en: String,
    pub(crate) zh: String,
}

impl Documented {
    /// The status that the sandbox answers with. Where the documents name several, a failure of the server takes
    /// the highest, and anything else the first that blames the request.
    pub(crate) fn status(&self) -> u16 {
        let highest = self.statuses.iter().copied().max();
        let blaming = self
            .statuses
            .iter()
            .copied()
            .find(|status| (400..500).contains(status));
        let chosen = if self.kind == "unavailable" {
            highest
        } else {
            blaming.or(highest)
        };
        chosen.unwrap_or(400)
    }
}

impl Contract {
    /// The embedded contract.
    pub(crate) fn embedded() -> Result<&'static Self, StartError> {
        static CONTRACT: OnceLock<Result<Contract, String>> = OnceLock::new();
        let read = || {
            Self::read(TEXT).map_err(|error| match error {
                StartError::Contract(what) | StartError::Setup(what) => what,
                StartError::Listen(cause) => cause.to_string(),
            })
        };
        CONTRACT
            .get_or_init(read)
            .as_ref()
            .map_err(|what| StartError::Contract(what.clone()))
    }

    fn read(text: &str) -> Result<Self, StartError> {
        let source = Source::parse("dingtalk-receipts.yaml", text)
            .map_err(|error| StartError::Contract(error.to_string()))?;
        let document = source.value();
        let schemas = Schemas::of(document);
        let mut operations = BTreeMap::new();
        for operation in Operation::ALL {
            operations.insert(operation, Endpoint::find(document, &schemas, operation)?);
        }
        let catalog = Vec::<Documented>::deserialize(at(document, "/x-error-catalog")?)
            .map_err(|error| StartError::Contract(format!("x-error-catalog: {error}")))?;
        Ok(Self {
            operations,
            token_header: text_at(document, "/components/securitySchemes/accessToken/name")?,
            max_page_size: at(document, "/components/schemas/MaxResults/maximum")?
                .as_u64()
                .ok_or_else(|| StartError::Contract("maxResults has no bound".to_owned()))?,
            catalog,
            wire_messages: wire_messages(document),
        })
    }

    /// The catalogue's entry for `code`.
    pub(crate) fn documented(&self, code: &str) -> Option<&Documented> {
        self.catalog.iter().find(|entry| entry.code == code)
    }

    /// The message of `code` as an example in the contract shows it on the wire.
    pub(crate) fn wire_message(&self, code: &str) -> Option<&str> {
        self.wire_messages.get(code).map(String::as_str)
    }
}

impl Endpoint {
    fn find(document: &Value, schemas: &Schemas, operation: Operation) -> Result<Self, StartError> {
        let lacks =
            |what: &str| StartError::Contract(format!("operation `{operation}` has no {what}"));
        let paths = at(document, "/paths")?
            .as_object()
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

/// The messages of the error examples, which are written as the wire has them.
fn wire_messages(document: &Value) -> BTreeMap<String, String> {
    let responses = document
        .pointer("/components/responses")
        .and_then(Value::as_object);
    let examples = responses.into_iter().flatten().flat_map(|(_, response)| {
        let examples = response.pointer("/content/application~1json/examples");
        examples
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(_, example)| example)
    });
    examples
        .filter_map(|example| {
            let code = example.pointer("/value/code")?.as_str()?;
            let message = example.pointer("/value/message")?.as_str()?;
            Some((code.to_owned(), message.to_owned()))
        })
        .collect()
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str);
    target
        .and_then(|reference| reference.strip_prefix('#'))
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(value)
}

fn at<'a>(document: &'a Value, pointer: &str) -> Result<&'a Value, StartError> {
    document
        .pointer(pointer)
        .ok_or_else(|| StartError::Contract(format!("nothing stands at `{pointer}`")))
}

fn text_at(document: &Value, pointer: &str) -> Result<String, StartError> {
    let value = at(document, pointer)?;
    value
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| StartError::Contract(format!("`{pointer}` is not text")))
}
