//! The contract as a server needs it, read once.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use openapi_document::{Source, pointer};
use serde::Deserialize as _;
use serde_json::Value;

use crate::contract::catalog::Documented;
use crate::contract::endpoint::Endpoint;
use crate::contract::invalid::Invalid;
use crate::contract::message_types::MessageTypes;
use crate::contract::operation::Operation;
use crate::contract::schema::Schemas;
use crate::error::StartError;

/// The name and the text of the contract that this crate carries.
const EMBEDDED: (&str, &str) = (
    "dingtalk-receipts.yaml",
    include_str!("../../openapi/dingtalk-receipts.yaml"),
);

/// The members of a path item that are operations.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The parts of the contract that a server needs.
pub(crate) struct Contract {
    /// What is known of each operation.
    pub(crate) operations: BTreeMap<Operation, Endpoint>,
    /// The header that carries the access token.
    pub(crate) token_header: String,
    /// The maximum number of readers of a page.
    pub(crate) max_page_size: u64,
    pub(crate) message_types: MessageTypes,
    catalog: Vec<Documented>,
    wire_messages: BTreeMap<String, String>,
}

impl Contract {
    /// The contract that this crate carries, read once in a process.
    pub(crate) fn embedded() -> Result<Arc<Self>, StartError> {
        static CONTRACT: OnceLock<Result<Arc<Contract>, String>> = OnceLock::new();
        let (name, text) = EMBEDDED;
        let read = || {
            Self::read(name, text)
                .map(Arc::new)
                .map_err(|error| match error {
                    StartError::Contract(what) | StartError::Setup(what) => what,
                    StartError::Listen(cause) => cause.to_string(),
                })
        };
        CONTRACT
            .get_or_init(read)
            .clone()
            .map_err(StartError::Contract)
    }

    /// Reads a contract: all operations of all its paths.
    pub(crate) fn read(name: &str, text: &str) -> Result<Self, StartError> {
        let source =
            Source::parse(name, text).map_err(|error| StartError::Contract(error.to_string()))?;
        Self::of(source.value()).map_err(|invalid| invalid.in_source(&source))
    }

    fn of(document: &Value) -> Result<Self, Invalid> {
        let catalog = "/x-error-catalog";
        let token_header = "/components/securitySchemes/accessToken/name";
        let max_page_size = "/components/schemas/MaxResults/maximum";
        let schemas = Schemas::of(document);
        let contract = Self {
            operations: operations(document, &schemas)?,
            message_types: MessageTypes::read(document, &schemas)?,
            token_header: at(document, token_header)?
                .as_str()
                .ok_or_else(|| Invalid::new(token_header, "the header's name is not a string"))?
                .to_owned(),
            max_page_size: at(document, max_page_size)?
                .as_u64()
                .ok_or_else(|| Invalid::new(max_page_size, "the bound is not a whole number"))?,
            catalog: Vec::deserialize(at(document, catalog)?)
                .map_err(|error| Invalid::new(catalog, format!("`x-error-catalog`: {error}")))?,
            wire_messages: wire_messages(document),
        };
        contract.check_codes()?;
        Ok(contract)
    }

    /// Every code that an operation lists must be in the catalog, which says what it means.
    fn check_codes(&self) -> Result<(), Invalid> {
        for endpoint in self.operations.values() {
            for code in &endpoint.codes {
                if self.documented(code).is_none() {
                    let place = pointer::join(&endpoint.codes_place(), code);
                    let absent = format!("`{code}` is not in `x-error-catalog`: add it there");
                    return Err(Invalid::new(place, absent));
                }
            }
        }
        Ok(())
    }

    /// The catalog's entry for `code`.
    pub(crate) fn documented(&self, code: &str) -> Option<&Documented> {
        self.catalog.iter().find(|entry| entry.code == code)
    }

    /// The message of `code` as an example in the contract shows it on the wire.
    pub(crate) fn wire_message(&self, code: &str) -> Option<&str> {
        self.wire_messages.get(code).map(String::as_str)
    }
}

/// Every operation of the document.
fn operations(
    document: &Value,
    schemas: &Schemas,
) -> Result<BTreeMap<Operation, Endpoint>, Invalid> {
    let mut operations = BTreeMap::new();
    let paths = at(document, "/paths")?
        .as_object()
        .ok_or_else(|| Invalid::new("/paths", "`paths` is not an object"))?;
    for (path, item) in paths {
        let methods = item.as_object().into_iter().flatten();
        for (method, item) in methods.filter(|(name, _)| METHODS.contains(&name.as_str())) {
            let place = pointer::join(&pointer::join("/paths", path), method);
            let id = item["operationId"].as_str().ok_or_else(|| {
                Invalid::new(
                    &place,
                    format!(
                        "{method} {path} has no `operationId`: add one, which names it in tests"
                    ),
                )
            })?;
            let operation = Operation::read(id);
            let endpoint = Endpoint::read(document, schemas, operation, (path, method), &place)?;
            if operations.insert(operation, endpoint).is_some() {
                let twice = format!("two operations have the id `{id}`: rename one of them");
                return Err(Invalid::new(pointer::join(&place, "operationId"), twice));
            }
        }
    }
    Ok(operations)
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

fn at<'a>(document: &'a Value, pointer: &str) -> Result<&'a Value, Invalid> {
    document
        .pointer(pointer)
        .ok_or_else(|| Invalid::new(pointer, format!("nothing stands at `{pointer}`: add it")))
}
