//! `tracing` spans with OpenTelemetry's names for HTTP clients. Nothing here holds a user's data or a secret.
//! `observed.md` lists them.

use dingtalk_receipts_api::Operation;
use tracing::Span;
use tracing::field::Empty;

use crate::error::{Error, Kind};
use crate::response::Response;

/// The span of a call with all its attempts.
pub(crate) fn call(operation: &Operation) -> Span {
    tracing::info_span!(
        "dingtalk_receipts.call",
        otel.name = operation.id,
        otel.kind = "internal",
        otel.status_code = Empty,
        error.r#type = Empty,
    )
}

/// The span of one attempt.
pub(crate) fn attempt(operation: &Operation, request: &reqwest::Request, attempt: u32) -> Span {
    let url = request.url();
    tracing::debug_span!(
        "dingtalk_receipts.attempt",
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = operation.method,
        http.request.resend_count = attempt.saturating_sub(1),
        url.template = operation.path,
        url.scheme = url.scheme(),
        server.address = url.host_str(),
        server.port = url.port_or_known_default(),
        http.response.status_code = Empty,
        dingtalk.request_id = Empty,
        error.r#type = Empty,
    )
}

/// The span of a token's renewal. The token calls are within.
pub(crate) fn renewal(kind: &'static str, early: bool) -> Span {
    tracing::debug_span!("dingtalk_receipts.token", credentials = kind, early)
}

/// Notes the response on the span of its attempt.
pub(crate) fn response(span: &Span, response: &Response) {
    if !span.is_disabled() {
        span.record("http.response.status_code", response.status);
        // An id is a UUID. What else a server says here is not known to be harmless.
        if let Some(id) = response.request_id().filter(|id| is_uuid(id)) {
            span.record("dingtalk.request_id", id);
        }
    }
}

fn is_uuid(text: &str) -> bool {
    let is_fit = |(place, byte): (usize, u8)| match place {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_fit)
}

/// Notes how a call or an attempt ended.
pub(crate) fn finished(span: &Span, error: Option<&Error>) {
    if let Some(error) = error
        && !span.is_disabled()
    {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", error_type(error));
    }
}

/// What OpenTelemetry calls `error.type`: the error code, else the kind of failure. A small set of values.
pub(crate) fn error_type(error: &Error) -> &str {
    match (error.code(), error.details().kind) {
        (Some(code), _) => code.as_str(),
        (None, Kind::Argument) => "argument",
        (None, Kind::Configuration) => "configuration",
        (None, Kind::Credentials) => "credentials",
        (None, Kind::Connect) => "connect",
        (None, Kind::Timeout(_)) => "timeout",
        (None, Kind::Transport) => "transport",
        (None, Kind::Refused) => "refused",
        (None, Kind::Protocol) => "protocol",
        (None, Kind::Journal) => "journal",
    }
}
