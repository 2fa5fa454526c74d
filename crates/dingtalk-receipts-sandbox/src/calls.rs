//! What the sandbox was asked, for assertions.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::time::Duration;

use axum::http::HeaderMap;
use bytes::Bytes;
use serde_json::Value;

use crate::contract::operation::Operation;

/// One request that reached the sandbox.
#[derive(Clone)]
pub struct Call {
    pub(crate) operation: Option<Operation>,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) at: Duration,
    pub(crate) connection: u64,
}

impl Call {
    /// The operation, unless path and method are none of the contract's.
    #[must_use]
    pub const fn operation(&self) -> Option<Operation> {
        self.operation
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Path and query, as sent.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The request's target, as sent: the path, or the whole address if the client took the sandbox for a proxy.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The first header of this name, if it is visible ASCII. Names are compared without regard to case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The names of all headers, in lower case, in no particular order.
    pub fn header_names(&self) -> impl Iterator<Item = &str> {
        self.headers.keys().map(axum::http::HeaderName::as_str)
    }

    /// The body, byte for byte. Empty where a fault cut the request off before it was read.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON; `null` if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// When the request was read, by the sandbox's clock.
    #[must_use]
    pub const fn at(&self) -> Duration {
        self.at
    }

    /// Which connection it came on, counted from 1.
    #[must_use]
    pub const fn connection(&self) -> u64 {
        self.connection
    }
}

/// Shows neither headers nor body: they hold tokens and secrets.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("at", &self.at)
            .field("connection", &self.connection)
            .finish_non_exhaustive()
    }
}

/// The newest calls, and how many there were in all.
pub(crate) struct CallLog {
    kept: VecDeque<Call>,
    limit: usize,
    counts: HashMap<Option<Operation>, u64>,
}

impl CallLog {
    pub(crate) fn keeping(limit: usize) -> Self {
        Self {
            kept: VecDeque::new(),
            limit,
            counts: HashMap::new(),
        }
    }

    pub(crate) fn add(&mut self, call: Call) {
        *self.counts.entry(call.operation).or_default() += 1;
        if self.limit == 0 {
            return;
        }
        if self.kept.len() == self.limit {
            self.kept.pop_front();
        }
        self.kept.push_back(call);
    }

    pub(crate) fn kept(&self) -> Vec<Call> {
        self.kept.iter().cloned().collect()
    }

    pub(crate) fn count(&self, operation: Option<Operation>) -> u64 {
        self.counts.get(&operation).copied().unwrap_or_default()
    }

    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        self.counts.clear();
    }
}
