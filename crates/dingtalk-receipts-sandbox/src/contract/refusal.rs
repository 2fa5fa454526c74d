//! Error answers, in the two shapes that the wire has.

use bytes::Bytes;
use serde::Serialize;

use crate::contract::definition::Contract;

/// Whose error it is, which decides the order of its keys and the style of its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    /// The gateway, before any service sees the call: `code, requestid, message`.
    Gateway,
    /// The service behind it: `requestid, code, message`.
    Service,
}

/// The language of error messages. The vendor's Chinese host answers in Chinese; what the international one does is
/// not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// As recorded from the Chinese host.
    #[default]
    Chinese,
    /// The contract's English texts.
    English,
}

/// A call that is refused with a code.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    layer: Layer,
    message: Option<String>,
    scopes: Option<Vec<String>>,
}

impl Refusal {
    /// A refusal with a code of the contract's catalogue; a code that is not in it gets status 400.
    pub(crate) fn new(contract: &Contract, code: &str) -> Self {
        let documented = contract.documented(code);
        let gateway = documented.is_some_and(|entry| entry.origin == "gateway");
        Self {
            status: documented.map_or(400, crate::contract::catalog::Documented::status),
            code: code.to_owned(),
            layer: if gateway {
                Layer::Gateway
            } else {
                Layer::Service
            },
            message: None,
            scopes: None,
        }
    }

    /// The gateway misses a required field, `body` included.
    pub(crate) fn missing(field: &str) -> Self {
        Self {
            status: 400,
            code: format!("Missing{field}"),
            layer: Layer::Gateway,
            message: Some(format!("{field} is mandatory for this action.")),
            scopes: None,
        }
    }

    /// The gateway cannot read the body.
    pub(crate) fn invalid_body(contract: &Contract) -> Self {
        let message = "Specified parameter body is not valid. JSON parsing error";
        Self {
            message: Some(message.to_owned()),
            ..Self::new(contract, "Invalidbody")
        }
    }

    /// The scopes that the app lacks.
    pub(crate) fn requiring(self, scopes: Vec<String>) -> Self {
        Self {
            scopes: Some(scopes),
            ..self
        }
    }

    /// Another status than the catalogue's.
    pub(crate) fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Another status or message, where one is given.
    pub(crate) fn but(self, status: Option<u16>, message: Option<String>) -> Self {
        let status = status.unwrap_or(self.status);
        Self {
            status,
            message: message.or(self.message),
            ..self
        }
    }

    /// The answer's body, keys in the order of the wire.
    pub(crate) fn body(&self, contract: &Contract, language: Language, request_id: &str) -> Bytes {
        let message = self.message(contract, language);
        let detail = self
            .scopes
            .as_deref()
            .map(|required_scopes| Detail { required_scopes });
        let body = match self.layer {
            Layer::Gateway => serde_json::to_vec(&GatewayBody {
                code: &self.code,
                requestid: request_id,
                message: &message,
                accessdenieddetail: detail,
            }),
            Layer::Service => serde_json::to_vec(&ServiceBody {
                requestid: request_id,
                code: &self.code,
                message: &message,
                accessdenieddetail: detail,
            }),
        };
        // Strings and lists of strings always serialize.
        Bytes::from(body.unwrap_or_default())
    }

    fn message(&self, contract: &Contract, language: Language) -> String {
        if let Some(message) = &self.message {
            return message.clone();
        }
        let Some(documented) = contract.documented(&self.code) else {
            return self.code.clone();
        };
        if language == Language::English {
            return documented.en.clone();
        }
        match contract.wire_message(&self.code) {
            Some(message) if self.layer == Layer::Gateway || documented.origin == "token" => {
                message.to_owned()
            }
            _ if documented.origin == "endpoint" => explained(&documented.zh),
            _ => documented.zh.clone(),
        }
    }
}

/// The prose of the service's messages: what is wrong, and what to do about it where that is known.
fn explained(text: &str) -> String {
    match text.split_once(',') {
        Some((what, remedy)) => format!("错误描述: {what}；解决方案:{remedy}；"),
        None => format!("错误描述: {text}；"),
    }
}

#[derive(Serialize)]
struct GatewayBody<'a> {
    code: &'a str,
    requestid: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessdenieddetail: Option<Detail<'a>>,
}

#[derive(Serialize)]
struct ServiceBody<'a> {
    requestid: &'a str,
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessdenieddetail: Option<Detail<'a>>,
}

#[derive(Serialize)]
struct Detail<'a> {
    #[serde(rename = "requiredScopes")]
    required_scopes: &'a [String],
}
