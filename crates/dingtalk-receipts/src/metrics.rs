//! Measurements for the `metrics` facade, with the feature of that name; without it, nothing. `observed.md` lists them.

use std::time::Duration;

use dingtalk_receipts_api::Operation;

use crate::error::Error;

/// A call ended, with all its attempts and pauses.
#[cfg(feature = "metrics")]
pub(crate) fn call(operation: &Operation, elapsed: Duration, error: Option<&Error>) {
    ::metrics::histogram!(
        "dingtalk_receipts.call.duration",
        "url.template" => operation.path,
        "error.type" => error.map(label).unwrap_or_default(),
    )
    .record(elapsed);
}

/// An attempt ended.
#[cfg(feature = "metrics")]
pub(crate) fn attempt(operation: &Operation, elapsed: Duration, error: Option<&Error>) {
    ::metrics::histogram!(
        "http.client.request.duration",
        "http.request.method" => operation.method,
        "url.template" => operation.path,
        "error.type" => error.map(label).unwrap_or_default(),
    )
    .record(elapsed);
}

/// An attempt is followed by another.
#[cfg(feature = "metrics")]
pub(crate) fn retry(operation: &Operation, error: &Error) {
    ::metrics::counter!(
        "dingtalk_receipts.retries",
        "url.template" => operation.path,
        "error.type" => label(error),
    )
    .increment(1);
}

/// A call waited for the client's own rate limit.
#[cfg(feature = "metrics")]
pub(crate) fn rate_limit_wait(waited: Duration) {
    ::metrics::histogram!("dingtalk_receipts.rate_limit.wait").record(waited);
}

/// A token's renewal ended: `issued`, `stored` (by another client or process) or `failed`.
#[cfg(feature = "metrics")]
pub(crate) fn token_refresh(outcome: &'static str) {
    ::metrics::counter!("dingtalk_receipts.token.refreshes", "outcome" => outcome).increment(1);
}

/// The error's type as a label: a code that the contract does not know must not make a new series each time.
#[cfg(feature = "metrics")]
fn label(error: &Error) -> String {
    match error.code() {
        Some(code) if code.kind().is_none() => "other".to_owned(),
        _ => crate::trace::error_type(error).to_owned(),
    }
}

#[cfg(not(feature = "metrics"))]
pub(crate) fn attempt(_: &Operation, _: Duration, _: Option<&Error>) {}

#[cfg(not(feature = "metrics"))]
pub(crate) fn call(_: &Operation, _: Duration, _: Option<&Error>) {}

#[cfg(not(feature = "metrics"))]
pub(crate) fn retry(_: &Operation, _: &Error) {}

#[cfg(not(feature = "metrics"))]
pub(crate) fn rate_limit_wait(_: Duration) {}

#[cfg(not(feature = "metrics"))]
pub(crate) fn token_refresh(_: &'static str) {}
