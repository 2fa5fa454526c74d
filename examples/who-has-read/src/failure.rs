//! Errors as responses.

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use dingtalk_receipts::{Error, ErrorKind};
use serde_json::json;

/// Why there is no result: `{"error", "code", "requestId", "retryable"}`, with a status that says whose fault it is.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    error: String,
    code: Option<String>,
    request_id: Option<String>,
    retryable: bool,
}

impl Failure {
    fn of_the_request(status: StatusCode, error: String) -> Self {
        Self {
            status,
            error,
            code: None,
            request_id: None,
            retryable: false,
        }
    }
}

impl From<QueryRejection> for Failure {
    fn from(rejection: QueryRejection) -> Self {
        Self::of_the_request(rejection.status(), rejection.body_text())
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Self {
        Self::of_the_request(rejection.status(), rejection.body_text())
    }
}

impl From<Error> for Failure {
    /// The caller's arguments are the caller's fault; missing rights and wrong credentials are this service's.
    fn from(error: Error) -> Self {
        let status = if error.is_throttled() || error.is_quota_exhausted() || error.is_not_ready() {
            StatusCode::SERVICE_UNAVAILABLE
        } else if error.is_timeout() {
            StatusCode::GATEWAY_TIMEOUT
        } else if error.is_invalid_input() || names_nothing(&error) {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::BAD_GATEWAY
        };
        Self {
            status,
            error: error.to_string(),
            code: error.raw_code().map(ToOwned::to_owned),
            request_id: error.request_id().map(ToOwned::to_owned),
            retryable: error.is_retryable() || error.is_not_ready(),
        }
    }
}

/// Whether DingTalk says that the message, the conversation or the robot is none.
fn names_nothing(error: &Error) -> bool {
    error
        .code()
        .is_some_and(|code| code.kind() == Some(ErrorKind::Argument))
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = json!({
            "error": self.error,
            "code": self.code,
            "requestId": self.request_id,
            "retryable": self.retryable,
        });
        let mut response = (self.status, Json(body)).into_response();
        if self.retryable && self.status == StatusCode::SERVICE_UNAVAILABLE {
            let seconds = header::HeaderValue::from_static("2");
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
