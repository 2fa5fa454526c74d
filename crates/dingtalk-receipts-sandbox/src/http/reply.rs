//! A reply before it is put on the wire, and how it gets there.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;

use crate::contract::refusal::Refusal;
use crate::faults::answer::{Answer, JSON};
use crate::http::delivery::{Ending, RawResponse};
use crate::http::listener::Wire;
use crate::state::State;

/// A reply before it is put on the wire.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Bytes)>,
    pub(crate) body: Bytes,
}

impl Reply {
    /// Nothing at all, for answers that say nothing.
    pub(crate) const NOTHING: Self = Self {
        status: 0,
        headers: Vec::new(),
        body: Bytes::new(),
    };

    pub(crate) fn json(status: u16, body: Bytes) -> Self {
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
    pub(crate) fn loud(text: String) -> Self {
        let plain = Bytes::from_static(b"text/plain; charset=utf-8");
        Self {
            status: 500,
            headers: vec![("content-type".to_owned(), plain)],
            body: text.into(),
        }
    }

    /// An error.
    pub(crate) fn refused(state: &State, refusal: &Refusal, request_id: &str) -> Self {
        let body = refusal.body(state.contract, state.language, request_id);
        Self::json(refusal.status, body)
    }

    /// Puts the reply on the wire: by HTTP's rules if that will do, else byte by byte.
    pub(crate) async fn send(
        self,
        answer: &Answer,
        wire: Option<Wire>,
        request_id: &str,
    ) -> Response {
        let delivery = answer.delivery;
        let headers = self.all_headers(answer, request_id);
        if let Some(wire) = wire.filter(|_| !delivery.is_plain()) {
            wire.take_over(RawResponse {
                status: self.status,
                headers,
                body: self.body,
                delivery,
            });
            // The connection drops this call when it hands its socket over.
            return std::future::pending().await;
        }
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or_default();
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_maybe_shared(value)) {
                response.headers_mut().append(name, value);
            }
        }
        if delivery.ending != Ending::KeptAlive {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert("connection", close);
        }
        response
    }

    /// The headers, with those that the vendor's servers always send.
    fn all_headers(&self, answer: &Answer, request_id: &str) -> Vec<(String, Bytes)> {
        let mut headers = self.headers.clone();
        let trace_id = request_id.replace('-', "").to_ascii_lowercase();
        for (name, value) in [
            ("server", "DingTalk/1.0.0"),
            ("x-acs-request-id", request_id),
            ("x-acs-trace-id", &trace_id),
        ] {
            if !headers
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(name))
            {
                headers.push((name.to_owned(), Bytes::copy_from_slice(value.as_bytes())));
            }
        }
        let omitted = &answer.omitted_headers;
        headers.retain(|(name, _)| !omitted.iter().any(|it| it.eq_ignore_ascii_case(name)));
        headers
    }
}
