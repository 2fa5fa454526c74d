//! What is wrong with a request by the contract's schema, and what the vendor's gateway says to that.

use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use crate::contract::definition::Contract;
use crate::contract::endpoint::{Endpoint, RequestBody};
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
    /// A bound that a code of its own reports.
    Bound(String),
    /// The page size lies outside its bounds.
    PageSize,
    /// The grant type is none that is supported.
    GrantType,
    /// A value of the wrong type, or out of its set.
    Other,
}

impl RequestBody {
    /// The first fault of `body`: fields that are missing come before fields that are wrong.
    pub(crate) fn fault_of(&self, body: &Value) -> Option<RequestFault> {
        let faults = self.schema.iter_errors(body).map(|error| {
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
        faults
            .min_by_key(|fault| !matches!(fault.kind, FaultKind::Missing(_)))
            .or_else(|| self.exceeded_bound(body))
    }

    fn exceeded_bound(&self, body: &Value) -> Option<RequestFault> {
        let bound = self.bounds.iter().find(|bound| bound.is_exceeded(body))?;
        Some(RequestFault {
            kind: FaultKind::Bound(bound.code.clone()),
            text: format!("`{}` is too large", bound.field),
        })
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
    /// The error response, by a code that the operation has.
    pub(crate) fn refusal(&self, contract: &Contract, endpoint: &Endpoint) -> Refusal {
        let invalid = "invalidParameter.param.invalid";
        let candidates = match &self.kind {
            FaultKind::Missing(field) => return Refusal::missing(field),
            FaultKind::Bound(code) => return Refusal::new(contract, code),
            FaultKind::PageSize => ["invalidParameter.pageSize.invalid", "paramIllegal"],
            FaultKind::GrantType => ["unsupported.grant.type", invalid],
            FaultKind::Other => [invalid, "paramIllegal"],
        };
        Refusal::new(contract, endpoint.own_code(candidates))
    }
}
