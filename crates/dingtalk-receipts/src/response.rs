//! An HTTP response: status, headers and a body of bounded size.

use bytes::Bytes;
use reqwest::header::HeaderMap;

/// An HTTP response, read to its end and decompressed.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Response {
    /// Whether the status is one of success.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The id that the gateway gave this call.
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.header("x-acs-request-id")
    }

    /// A header's value, if it is there and is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
