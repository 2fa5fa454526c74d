//! What is wrong with a request by the contract's schema, and what the vendor's gateway says to that.

use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use crate::contract::definition::Contract;
use crate::contract::endpoint::Endpoint;
use crate::contract::refusal::Refusal;

/// The first thing that is wrong with a request's body.
pub(crate) struct RequestFault {
    kind: FaultKind,
    /// In words, for strict mode.
    pub(crate) text: String,
}

enum FaultKind {
    /// A required field is not there.
    Missing(String),
    /// The page size lies outside its bounds.
    PageSize,
    /// The grant type is none that is supported.
    GrantType,
    /// A value of the wrong type, or out of its set.
    Other,
}

impl Endpoint {
    /// The first fault of `body`: fields that are missing come before fields that are wrong.
    pub(crate) fn fault_of_request(&self, body: &Value) -> Option<RequestFault> {
        let faults = self.request().iter_errors(body).map(|error| {
            let field = error.instance_path().to_string();
            let kind = match error.kind() {
                ValidationErrorKind::Required { property } if field.is_empty() => {
                    FaultKind::Missing(property.as_str().unwrap_or_default().to_owned())
                }
                ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. }
                    if field == "/maxResults" =>
                {
                    FaultKind::PageSize
                }
                ValidationErrorKind::Enum { .. } if field == "/grant_type" => FaultKind::GrantType,
                _ => FaultKind::Other,
            };
            RequestFault {
                kind,
                text: format!("{error} at `{field}`"),
            }
        });
        faults.min_by_key(|fault| !matches!(fault.kind, FaultKind::Missing(_)))
    }

    /// A field of `body` that the contract does not know.
    pub(crate) fn unknown_field(&self, body: &Value) -> Option<String> {
        let fields = body.as_object()?;
        fields
            .keys()
            .find(|field| !self.fields.contains(*field))
            .cloned()
    }
}

impl RequestFault {
    /// What the gateway answers.
    pub(crate) fn refusal(&self, contract: &Contract) -> Refusal {
        match &self.kind {
            FaultKind::Missing(field) => Refusal::missing(field),
            FaultKind::PageSize => Refusal::new(contract, "invalidParameter.pageSize.invalid"),
            FaultKind::GrantType => Refusal::new(contract, "unsupported.grant.type"),
            FaultKind::Other => Refusal::new(contract, "invalidParameter.param.invalid"),
        }
    }
}
