//! Authentication of a request, and the checks of its parameters and body, before an operation is executed.

use std::time::Duration;

use axum::http::{HeaderMap, Uri};
use bytes::Bytes;
use serde_json::Value;

use crate::contract::endpoint::Endpoint;
use crate::contract::operation::Operation;
use crate::contract::parameter::ParameterFault;
use crate::contract::refusal::Refusal;
use crate::http::listener::Wire;
use crate::lock::lock;
use crate::model::token::IssuedToken;
use crate::state::State;

/// A request as handlers see it.
pub(crate) struct IncomingRequest<'a> {
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
    pub(crate) wire: Option<&'a Wire>,
    pub(crate) now: Duration,
}

/// Why a call is not executed.
pub(crate) enum Rejection {
    Refused(Refusal),
    /// The contract does not allow the request; only in strict mode.
    Unexpected(String),
}

impl From<Refusal> for Rejection {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Authenticates the caller, and checks address, permission and quota.
pub(crate) fn authenticate(
    state: &State,
    operation: Operation,
    endpoint: &Endpoint,
    incoming: &IncomingRequest<'_>,
) -> Result<IssuedToken, Refusal> {
    let refused = |code| Refusal::new(&state.contract, code);
    let header = incoming.headers.get(&state.contract.token_header);
    let token = header
        .filter(|value| !value.is_empty())
        .ok_or_else(|| refused("AuthenticationFailed.MissingParameter"))?;
    let mut store = lock(&state.store);
    let issued = token
        .to_str()
        .ok()
        .and_then(|token| store.tokens.find(token, incoming.now));
    let caller = issued
        .cloned()
        .ok_or_else(|| refused("InvalidAuthentication"))?;
    let app = store
        .apps
        .get(caller.app)
        .ok_or_else(|| refused("InvalidAuthentication"))?;
    let address = incoming.wire.map(|wire| wire.peer.ip());
    if let (Some(allowed), Some(address)) = (&app.addresses, address)
        && !allowed.contains(&address)
    {
        return Err(refused("Forbidden.AccessDenied.IpNotInWhiteList"));
    }
    if let Some(permission) = &endpoint.permission
        && !app.scopes.contains(permission)
    {
        return Err(
            refused("Forbidden.AccessDenied.AccessTokenPermissionDenied")
                .requiring(vec![permission.clone()]),
        );
    }
    let who = (caller.app, app.kind);
    store
        .quotas
        .count(operation, who, &caller.corp, incoming.now)
        .map_err(refused)?;
    Ok(caller)
}

/// The body, if it is one that the contract allows; null if the operation has none, or if it is optional and not
/// there.
pub(crate) fn read_body(
    state: &State,
    endpoint: &Endpoint,
    incoming: &IncomingRequest<'_>,
) -> Result<Value, Rejection> {
    for parameter in &endpoint.parameters {
        if let Some(fault) = parameter.fault(incoming.uri, incoming.headers) {
            let refusal = match fault {
                ParameterFault::Missing(name) => Refusal::missing(name),
                ParameterFault::Invalid => {
                    Refusal::new(&state.contract, "invalidParameter.param.invalid")
                }
            };
            return Err(refusal.into());
        }
    }
    let Some(request) = &endpoint.request else {
        return Ok(Value::Null);
    };
    if !request.required && incoming.body.is_empty() {
        return Ok(Value::Null);
    }
    let content_type = incoming
        .headers
        .get("content-type")
        .and_then(|value| value.to_str().ok());
    let media = content_type
        .and_then(|text| text.split(';').next())
        .map(str::trim);
    let is_json = media.is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    if !is_json || incoming.body.is_empty() {
        return Err(Refusal::missing("body").into());
    }
    let body: Value = serde_json::from_slice(incoming.body)
        .map_err(|_| Refusal::invalid_body(&state.contract))?;
    if !body.is_object() {
        return Err(Refusal::invalid_body(&state.contract).into());
    }
    let fault = request.fault_of(&body);
    if state.strict {
        let unknown = request.unknown_field(&body);
        let what = fault.as_ref().map(|fault| fault.text.clone());
        if let Some(what) = what.or_else(|| unknown.map(|field| format!("unknown field `{field}`")))
        {
            return Err(Rejection::Unexpected(what));
        }
    }
    match fault {
        None => Ok(body),
        Some(fault) => Err(fault.refusal(&state.contract, endpoint).into()),
    }
}
