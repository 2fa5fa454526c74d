//! The gateway: takes each request, checks what the vendor's gateway checks, and answers, truthfully or by script.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use bytes::Bytes;
use serde_json::Value;

use crate::answer::{Answer, Content, JSON};
use crate::app::PERMISSION;
use crate::calls::Call;
use crate::contract::Endpoint;
use crate::delivery::{Delivery, Ending, RawAnswer};
use crate::error::StartError;
use crate::fields::Fields;
use crate::grant;
use crate::inner::Inner;
use crate::listener::Wire;
use crate::lock::lock;
use crate::operation::Operation;
use crate::query;
use crate::refusal::Refusal;
use crate::token::Issued;

/// The largest request body that is read.
const MAX_REQUEST: usize = 1 << 20;

/// Routes for the contract's operations; anything else is no action that exists.
pub(crate) fn router(inner: &Arc<Inner>) -> Result<Router, StartError> {
    let mut router = Router::new();
    for (operation, endpoint) in &inner.contract.operations {
        let method = MethodFilter::try_from(endpoint.method.clone())
            .map_err(|_| StartError::Contract(format!("method of `{operation}`")))?;
        let operation = *operation;
        let shared = Arc::clone(inner);
        let handler = move |path: Option<Path<HashMap<String, String>>>, request: Request| {
            let corp = path.and_then(|Path(parameters)| parameters.get("corpId").cloned());
            serve(Arc::clone(&shared), Some((operation, corp)), request)
        };
        router = router.route(&endpoint.path, on(method, handler));
    }
    let (elsewhere, other_method) = (Arc::clone(inner), Arc::clone(inner));
    Ok(router
        .method_not_allowed_fallback(move |request| serve(Arc::clone(&other_method), None, request))
        .fallback(move |request| serve(Arc::clone(&elsewhere), None, request)))
}

/// A reply before it is put on the wire.
struct Reply {
    status: u16,
    headers: Vec<(String, Bytes)>,
    body: Bytes,
}

impl Reply {
    fn json(status: u16, body: Bytes) -> Self {
        let headers = vec![(
            "content-type".to_owned(),
            Bytes::from_static(JSON.as_bytes()),
        )];
        Self {
            status,
            headers,
            body,
        }
    }

    /// A loud failure of a test, for people to read.
    fn loud(text: String) -> Self {
        let plain = Bytes::from_static(b"text/plain; charset=utf-8");
        Self {
            status: 500,
            headers: vec![("content-type".to_owned(), plain)],
            body: text.into(),
        }
    }
}

async fn serve(
    inner: Arc<Inner>,
    target: Option<(Operation, Option<String>)>,
    request: Request,
) -> Response {
    let operation = target.as_ref().map(|(operation, _)| *operation);
    let answer = operation.map_or_else(Answer::genuine, |operation| inner.scripts.next(operation));
    let (head, body) = request.into_parts();
    let wire = head.extensions.get::<Wire>().cloned();
    let body = if answer.delivery.before_request {
        Bytes::new()
    } else {
        axum::body::to_bytes(body, MAX_REQUEST)
            .await
            .unwrap_or_default()
    };
    let now = inner.clock.now();
    lock(&inner.calls).add(Call {
        operation,
        method: head.method.to_string(),
        target: head.uri.to_string(),
        path: head
            .uri
            .path_and_query()
            .map_or_else(String::new, ToString::to_string),
        headers: head.headers.clone(),
        body: body.clone(),
        at: now,
        connection: wire.as_ref().map_or(0, |wire| wire.connection),
    });
    let request_id = inner.request_id();
    let incoming = Incoming {
        headers: &head.headers,
        body: &body,
        wire: wire.as_ref(),
        now,
    };
    let reply = if answer.delivery.before_request {
        Reply {
            status: 0,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    } else {
        scripted(&inner, &answer, target, &incoming, &request_id)
    };
    if !answer.delay.is_zero() {
        tokio::time::sleep(answer.delay).await;
    }
    send(
        reply,
        &answer.omitted_headers,
        answer.delivery,
        wire,
        &request_id,
    )
    .await
}

/// What a handler sees of a request.
struct Incoming<'a> {
    headers: &'a HeaderMap,
    body: &'a Bytes,
    wire: Option<&'a Wire>,
    now: Duration,
}

/// The reply that an answer asks for.
fn scripted(
    inner: &Inner,
    answer: &Answer,
    target: Option<(Operation, Option<String>)>,
    incoming: &Incoming<'_>,
    request_id: &str,
) -> Reply {
    let mut reply = match &answer.content {
        Content::Genuine => genuine(inner, target, incoming, request_id),
        Content::Error {
            code,
            status,
            message,
        } => {
            let refusal = Refusal::new(inner.contract, code).but(*status, message.clone());
            refused(inner, &refusal, request_id)
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

fn refused(inner: &Inner, refusal: &Refusal, request_id: &str) -> Reply {
    Reply::json(
        refusal.status,
        refusal.body(inner.contract, inner.language, request_id),
    )
}

/// The sandbox's own reply, checked against the contract where that is on.
fn genuine(
    inner: &Inner,
    target: Option<(Operation, Option<String>)>,
    incoming: &Incoming<'_>,
    request_id: &str,
) -> Reply {
    let Some((operation, corp)) = target else {
        let refusal = Refusal::new(inner.contract, "InvalidAction.NotFound");
        return strictly(inner, "the path or the method is none of the contract's")
            .unwrap_or_else(|| refused(inner, &refusal, request_id));
    };
    let Some(endpoint) = inner.contract.operations.get(&operation) else {
        return refused(
            inner,
            &Refusal::new(inner.contract, "InvalidAction.NotFound"),
            request_id,
        );
    };
    let outcome = match handle(inner, operation, endpoint, corp.as_deref(), incoming) {
        Ok(outcome) => outcome,
        Err(Trouble::Refused(refusal)) => {
            let reply = refused(inner, &refusal, request_id);
            return checked(inner, operation, endpoint, reply);
        }
        Err(Trouble::Unexpected(what)) => {
            return strictly(inner, &format!("{operation}: {what}")).unwrap_or_else(|| {
                let refusal = Refusal::new(inner.contract, "system.error");
                refused(inner, &refusal, request_id)
            });
        }
    };
    match outcome {
        Outcome::Token(body) => Reply::json(200, body),
        Outcome::Page(found) => page(inner, operation, endpoint, &found, incoming.now),
    }
}

/// A page of readers: checked against the contract, and then bent where its message wants that.
fn page(
    inner: &Inner,
    operation: Operation,
    endpoint: &Endpoint,
    found: &query::Found,
    now: Duration,
) -> Reply {
    let known = found.known(&lock(&inner.pages), now);
    let reply = match known {
        Some(page) => Reply::json(200, page),
        None => {
            let reply = Reply::json(200, found.page(&inner.cursors, now));
            let reply = checked(inner, operation, endpoint, reply);
            if reply.status == 200 {
                found.keep(&mut lock(&inner.pages), now, reply.body.clone());
            }
            reply
        }
    };
    Reply {
        body: found.bent(reply.body),
        ..reply
    }
}

/// In strict mode, the loud reply to a request that should not have been made.
fn strictly(inner: &Inner, what: &str) -> Option<Reply> {
    inner.strict.then(|| {
        inner.complain(what.to_owned());
        Reply::loud(format!("the sandbox did not expect this request: {what}\n"))
    })
}

/// Checks our own reply against the contract before anything bends it on purpose.
fn checked(inner: &Inner, operation: Operation, endpoint: &Endpoint, reply: Reply) -> Reply {
    if inner.checks_answers {
        let body = serde_json::from_slice(&reply.body).unwrap_or_default();
        let fault = endpoint.fault_of_response(reply.status, &body);
        if let Some(fault) = fault.or_else(|| undocumented(inner, &body)) {
            let what =
                format!("the sandbox's own answer to {operation} breaks the contract: {fault}");
            inner.complain(what.clone());
            return Reply::loud(what);
        }
    }
    reply
}

/// A code of ours that the catalogue lacks. The family of missing fields has too many members to be listed.
fn undocumented(inner: &Inner, body: &Value) -> Option<String> {
    let code = body.get("code")?.as_str()?;
    let known = code.starts_with("Missing") || inner.contract.documented(code).is_some();
    (!known).then(|| format!("`{code}` is not in the error catalogue"))
}

enum Outcome {
    Page(query::Found),
    Token(Bytes),
}

enum Trouble {
    Refused(Refusal),
    /// Only in strict mode.
    Unexpected(String),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Handles a call: who calls, what the body says, and then the operation itself.
fn handle(
    inner: &Inner,
    operation: Operation,
    endpoint: &Endpoint,
    corp_in_path: Option<&str>,
    incoming: &Incoming<'_>,
) -> Result<Outcome, Trouble> {
    let caller = if endpoint.secured {
        Some(admit(inner, operation, incoming)?)
    } else {
        None
    };
    let body = read(inner, endpoint, incoming)?;
    let mut world = lock(&inner.world);
    match caller {
        Some(caller) => {
            let found = query::find(
                &world,
                inner.contract,
                &inner.cursors,
                &caller,
                &body,
                incoming.now,
            )?;
            Ok(Outcome::Page(found))
        }
        None => {
            let token = grant::grant(
                &mut world,
                inner.contract,
                operation,
                corp_in_path,
                &body,
                incoming.now,
            )?;
            Ok(Outcome::Token(token))
        }
    }
}

/// Whether the caller may make the call at all: token, address, permission, quota.
fn admit(inner: &Inner, operation: Operation, incoming: &Incoming<'_>) -> Result<Issued, Refusal> {
    let refused = |code| Refusal::new(inner.contract, code);
    let header = incoming.headers.get(&inner.contract.token_header);
    let token = header
        .filter(|value| !value.is_empty())
        .ok_or_else(|| refused("AuthenticationFailed.MissingParameter"))?;
    let mut world = lock(&inner.world);
    let issued = token
        .to_str()
        .ok()
        .and_then(|token| world.tokens.find(token, incoming.now));
    let caller = issued
        .cloned()
        .ok_or_else(|| refused("InvalidAuthentication"))?;
    let app = world
        .apps
        .get(caller.app)
        .ok_or_else(|| refused("InvalidAuthentication"))?;
    let address = incoming.wire.map(|wire| wire.peer.ip());
    if let (Some(allowed), Some(address)) = (&app.addresses, address)
        && !allowed.contains(&address)
    {
        return Err(refused("Forbidden.AccessDenied.IpNotInWhiteList"));
    }
    if !app.scopes.iter().any(|scope| scope == PERMISSION) {
        return Err(
            refused("Forbidden.AccessDenied.AccessTokenPermissionDenied")
                .requiring(vec![PERMISSION.to_owned()]),
        );
    }
    let who = (caller.app, app.kind);
    world
        .meters
        .count(operation, who, &caller.corp, incoming.now)
        .map_err(refused)?;
    Ok(caller)
}

/// The body, if it is one that the contract allows.
fn read(inner: &Inner, endpoint: &Endpoint, incoming: &Incoming<'_>) -> Result<Value, Trouble> {
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
    let body: Value =
        serde_json::from_slice(incoming.body).map_err(|_| Refusal::invalid_body(inner.contract))?;
    if !body.is_object() {
        return Err(Refusal::invalid_body(inner.contract).into());
    }
    let fault = endpoint.fault_of_request(&body);
    if inner.strict {
        let unknown = endpoint.unknown_field(&body);
        let what = fault.as_ref().map(|fault| fault.text.clone());
        if let Some(what) = what.or_else(|| unknown.map(|field| format!("unknown field `{field}`")))
        {
            return Err(Trouble::Unexpected(what));
        }
    }
    match fault {
        None => Ok(body),
        Some(fault) => Err(fault.refusal(inner.contract).into()),
    }
}

/// Puts a reply on the wire: by HTTP's rules if that will do, else byte by byte.
async fn send(
    reply: Reply,
    omitted: &[String],
    delivery: Delivery,
    wire: Option<Wire>,
    request_id: &str,
) -> Response {
    let mut headers = reply.headers;
    let add = |headers: &mut Vec<(String, Bytes)>, name: &str, value: &str| {
        if !headers
            .iter()
            .any(|(known, _)| known.eq_ignore_ascii_case(name))
        {
            headers.push((name.to_owned(), Bytes::copy_from_slice(value.as_bytes())));
        }
    };
    add(&mut headers, "server", "DingTalk/1.0.0");
    add(&mut headers, "x-acs-request-id", request_id);
    add(
        &mut headers,
        "x-acs-trace-id",
        &request_id.replace('-', "").to_ascii_lowercase(),
    );
    headers.retain(|(name, _)| !omitted.iter().any(|it| it.eq_ignore_ascii_case(name)));
    if let Some(wire) = wire.filter(|_| !delivery.is_plain()) {
        wire.take_over(RawAnswer {
            status: reply.status,
            headers,
            body: reply.body,
            delivery,
        });
        // The connection drops this call when it hands its socket over.
        return std::future::pending().await;
    }
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or_default();
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_maybe_shared(value)) {
            response.headers_mut().append(name, value);
        }
    }
    if delivery.ending != Ending::KeptAlive {
        response
            .headers_mut()
            .insert("connection", HeaderValue::from_static("close"));
    }
    response
}
