//! The contract as a server needs it, read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use openapi_document::Source;
use serde::Deserialize as _;
use serde_json::Value;

use crate::contract::catalog::Documented;
use crate::contract::endpoint::Endpoint;
use crate::contract::operation::Operation;
use crate::contract::schema::Schemas;
use crate::error::StartError;

/// The contract as this crate carries it.
const TEXT: &str = include_str!("../../openapi/dingtalk-receipts.yaml");

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
