//! How a blocking client is made.

use std::time::Duration;

use super::client::Client;
use super::same::same;
use crate::{Clock, Credentials, RateLimit, Region, Result, RetryPolicy, TokenStore};

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
}

/// Puts a blocking [`Client`] together, as [`crate::ClientBuilder`] does an async one.
#[derive(Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    inner: crate::ClientBuilder,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            inner: crate::Client::builder(),
        }
    }

    same! { ClientBuilder:
        region(region: Region);
        base_url(url: impl Into<String>);
        allow_plain_http();
        credentials(credentials: impl Into<Credentials>);
        token_store(store: impl TokenStore);
        rate_limit(rate_limit: RateLimit);
        concurrency(requests: impl Into<Option<usize>>);
        retry(policy: RetryPolicy);
        token_retry(policy: RetryPolicy);
        connect_timeout(limit: Duration);
        attempt_timeout(limit: Duration);
        call_timeout(limit: Duration);
        max_body_size(bytes: usize);
        user_agent(program: impl Into<String>);
        proxy(url: impl Into<String>);
        no_proxy_for(hosts: impl Into<String>);
        no_proxy();
        ca_certificates(pem: impl Into<Vec<u8>>);
        client_certificate(pem: impl Into<Vec<u8>>);
        clock(clock: impl Clock);
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// As of [`crate::ClientBuilder::build`]; and if the operating system gives no runtime.
    pub fn build(self) -> Result<Client> {
        Client::new(self.inner.build()?)
    }
}
