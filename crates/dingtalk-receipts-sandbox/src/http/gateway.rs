//! The gateway: takes each request, writes it down, and answers, truthfully or by script.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request};
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use bytes::Bytes;

use crate::authentication::IncomingRequest;
use crate::calls::Call;
use crate::contract::refusal::Refusal;
use crate::default_response::default_response;
use crate::error::StartError;
use crate::faults::answer::{Answer, Content};
use crate::http::fields::Fields;
use crate::http::listener::Wire;
use crate::http::reply::Reply;
use crate::http::target::Target;
use crate::state::State;

/// The largest request body that is read.
const MAX_REQUEST: usize = 1 << 20;

/// The parameters in a path, decoded.
type Parameters = Path<HashMap<String, String>>;

/// Routes for the contract's operations; anything else is no action that exists.
pub(crate) fn router(state: &Arc<State>) -> Result<Router, StartError> {
    let mut router = Router::new();
    for (operation, endpoint) in &state.contract.operations {
        let method = MethodFilter::try_from(endpoint.method.clone())
            .map_err(|_| StartError::Contract(format!("method of `{operation}`")))?;
        let operation = *operation;
        let shared = Arc::clone(state);
        let handler = move |path: Result<Parameters, PathRejection>, request: Request| {
            // A path that does not decode names no corp.
            let corp = path
                .ok()
                .and_then(|Path(named)| named.get("corpId").cloned());
            // With nothing between its slashes it is another path.
            let target = (corp.as_deref() != Some("")).then_some((operation, corp));
            serve(Arc::clone(&shared), target, request)
        };
        router = router.route(&endpoint.path, on(method, handler));
    }
    let (elsewhere, other_method) = (Arc::clone(state), Arc::clone(state));
    Ok(router
        .method_not_allowed_fallback(move |request| serve(Arc::clone(&other_method), None, request))
        .fallback(move |request| serve(Arc::clone(&elsewhere), None, request)))
}

async fn serve(state: Arc<State>, target: Target, request: Request) -> Response {
    let operation = target.as_ref().map(|(operation, _)| *operation);
    let given = operation.and_then(|operation| state.scripts.next(operation));
    let (head, body) = request.into_parts();
    let wire = head.extensions.get::<Wire>().cloned();
    // An answer that comes before the request does not wait for its body; chance wants to know what is asked.
    let unread = given
        .as_ref()
        .is_some_and(|answer| answer.delivery.before_request);
    let body = if unread {
        Bytes::new()
    } else {
        axum::body::to_bytes(body, MAX_REQUEST)
            .await
            .unwrap_or_default()
    };
    let path = path_of(&head.uri);
    let answer = given
        .or_else(|| state.scripts.fault(operation?, path, &body))
        .unwrap_or_else(Answer::genuine);
    let now = state.clock.now();
    state.remember(Call {
        operation,
        method: head.method.to_string(),
        target: head.uri.to_string(),
        path: path.to_owned(),
        headers: head.headers.clone(),
        body: body.clone(),
        at: now,
        connection: wire.as_ref().map_or(0, |wire| wire.connection),
    });
    let request_id = state.request_id();
    let incoming = IncomingRequest {
        headers: &head.headers,
        body: &body,
        wire: wire.as_ref(),
        now,
    };
    let reply = if answer.delivery.before_request {
        Reply::NOTHING
    } else {
        scripted(&state, &answer, target, &incoming, &request_id)
    };
    if let Some(gate) = &answer.gate {
        gate.pass().await;
    }
    if !answer.delay.is_zero() {
        tokio::time::sleep(answer.delay).await;
    }
    reply.send(&answer, wire, &request_id).await
}

/// The path of a request with its query, whichever form its target has.
fn path_of(uri: &Uri) -> &str {
    uri.path_and_query().map_or("", PathAndQuery::as_str)
}

/// The reply that an answer asks for.
fn scripted(
    state: &State,
    answer: &Answer,
    target: Target,
    incoming: &IncomingRequest<'_>,
    request_id: &str,
) -> Reply {
    let mut reply = match &answer.content {
        Content::Default => default_response(state, target, incoming, request_id),
        Content::Error {
            code,
            status,
            message,
        } => {
            let refusal = Refusal::new(state.contract, code).but(*status, message.clone());
            Reply::refused(state, &refusal, request_id)
        }
        Content::Fixed { status, body } => Reply {
            status: *status,
            headers: Vec::new(),
            body: body.clone(),
        },
        Content::Raw(bytes) => Reply {
            status: 0,
            headers: Vec::new(),
            body: bytes.clone(),
        },
    };
    if !answer.edits.is_empty()
        && let Ok(mut fields) = serde_json::from_slice::<Fields>(&reply.body)
    {
        for (field, value) in &answer.edits {
            fields.set(field, value.clone());
        }
        reply.body = fields.to_bytes();
    }
    reply.headers.extend(answer.headers.iter().cloned());
    reply
}
