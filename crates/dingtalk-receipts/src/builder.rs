//! How a client is made.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use dingtalk_receipts_api as api;
use tokio::sync::Semaphore;

use crate::auth::{self, Credentials, MAX_CORPS, Means, TokenStore, Tokens};
use crate::client::{Client, Shared};
use crate::clock::{Clock, TokioClock};
use crate::connection::{IDLE_TIMEOUT, ProxyChoice, Settings};
use crate::error::{Error, Result};
use crate::executor::{Executor, Limiter, Limits, RateLimit, RetryBudget, RetryPolicy};
use crate::region::{BaseUrl, Region};
use crate::transport::{Http, Transport};

/// What a client sends as its `User-Agent`.
const USER_AGENT: &str = concat!("dingtalk-receipts/", env!("CARGO_PKG_VERSION"));

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
}

/// Puts a [`Client`] together. Only [`credentials`](Self::credentials) must be given.
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    region: Region,
    base_url: Option<String>,
    plain_http: bool,
    credentials: Option<Credentials>,
    token_store: Option<Arc<dyn TokenStore>>,
    rate_limit: RateLimit,
    concurrency: Option<usize>,
    retry: RetryPolicy,
    token_retry: RetryPolicy,
    limits: Limits,
    connect_timeout: Duration,
    user_agent: Option<String>,
    proxy: ProxyChoice,
    no_proxy_for: Option<String>,
    ca_certificates: Vec<Vec<u8>>,
    client_certificate: Option<Vec<u8>>,
    clock: Arc<dyn Clock>,
    transport: Option<Arc<dyn Transport>>,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            region: Region::default(),
            base_url: None,
            plain_http: false,
            credentials: None,
            token_store: None,
            rate_limit: RateLimit::default(),
            concurrency: Some(64),
            retry: RetryPolicy::default(),
            token_retry: auth::token_retry(),
            limits: Limits {
                attempt: Duration::from_secs(10),
                call: Duration::from_secs(60),
                body: 8 * 1024 * 1024,
            },
            connect_timeout: Duration::from_secs(5),
            user_agent: None,
            proxy: ProxyChoice::Environment,
            no_proxy_for: None,
            ca_certificates: Vec::new(),
            client_certificate: None,
            clock: Arc::new(TokioClock),
            transport: None,
        }
    }

    /// Which of DingTalk's platforms to talk to. Defaults to [`Region::International`].
    pub fn region(mut self, region: Region) -> Self {
        self.region = region;
        self
    }

    /// Another address than a region's: a gateway of one's own, or a sandbox. It must be https, unless it is on this
    /// machine or [`allow_plain_http`](Self::allow_plain_http) is given.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows a base URL without TLS. The access token then crosses the network in clear.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Where access tokens come from.
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.credentials = Some(credentials.into());
        self
    }

    /// Where access tokens are kept for other clients and processes of the same app. Defaults to nowhere.
    pub fn token_store(mut self, store: impl TokenStore) -> Self {
        self.token_store = Some(Arc::new(store));
        self
    }

    /// How many calls in a second. Defaults to [20](RateLimit::default).
    pub fn rate_limit(mut self, rate_limit: RateLimit) -> Self {
        self.rate_limit = rate_limit;
        self
    }

    /// How many requests may be under way at once: from 1, or `None` for any number. Defaults to 64.
    pub fn concurrency(mut self, requests: impl Into<Option<usize>>) -> Self {
        self.concurrency = requests.into();
        self
    }

    /// When a call that failed is tried again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// When asking for an access token that failed is tried again, which [`retry`](Self::retry) does not change: up to
    /// 3 attempts with delays of at most 2 s by default.
    pub fn token_retry(mut self, policy: RetryPolicy) -> Self {
        self.token_retry = policy;
        self
    }

    /// The time limit for making a connection, TLS included. Defaults to 5 s.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// The time limit of one attempt, from sending to the last byte of the response. Defaults to 10 s. DingTalk's
    /// gateway itself waits 3 s for what is behind it.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt = limit;
        self
    }

    /// The time limit of one call: attempts, pauses, waiting for the rate limit and for a token. Defaults to 60 s.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.limits.call = limit;
        self
    }

    /// The longest response that is read, in bytes after decompression. Defaults to 8 MiB. A page of 200 readers has
    /// some 20 KiB.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// Put before this crate's own `User-Agent`: the name and version of the program.
    pub fn user_agent(mut self, program: impl Into<String>) -> Self {
        self.user_agent = Some(program.into());
        self
    }

    /// The proxy to use (`http://`, `https://` or `socks5://`, with user name and password if it wants them), instead
    /// of the one that the environment names by `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`. A variable that is used and
    /// is not such a URL is an error of [`build`](Self::build).
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Hosts that [`proxy`](Self::proxy) is not used for, separated by commas and written like `NO_PROXY`:
    /// `example.com` and `*.example.com` (both with all subdomains), `host:443`, IP addresses, networks (`10.0.0.0/8`),
    /// `*`.
    pub fn no_proxy_for(mut self, hosts: impl Into<String>) -> Self {
        self.no_proxy_for = Some(hosts.into());
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::None;
        self
    }

    /// Trusts the authorities in this PEM text as well.
    pub fn ca_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.ca_certificates.push(pem.into());
        self
    }

    /// Shows this certificate to the server: one PEM text with the private key and the chain. Where TLS is the
    /// platform's (feature `native-tls` without `rustls`), the key has to be in PKCS #8 (`BEGIN PRIVATE KEY`).
    pub fn client_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.client_certificate = Some(pem.into());
        self
    }

    /// Takes the time from this clock. Defaults to that of the tokio runtime.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sends requests by this instead of HTTP.
    #[cfg(feature = "testing")]
    pub(crate) fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// The credentials are missing, or an address, a limit, a proxy or a certificate cannot be used.
    pub fn build(self) -> Result<Client> {
        let text = self.base_url.as_deref().unwrap_or(self.region.base_url());
        let base_url = BaseUrl::parse(text, self.plain_http)?;
        self.check_limits()?;
        let settings = self.connection(&base_url)?;
        let http = settings.client()?;
        let credentials = self.credentials.ok_or_else(Error::no_credentials)?;
        let executor = Executor {
            transport: match &self.transport {
                Some(transport) => Arc::clone(transport),
                None => Arc::new(Http::new(http.clone(), settings)),
            },
            clock: Arc::clone(&self.clock),
            rate_limit: Some(Arc::new(Limiter::new(
                self.rate_limit,
                Arc::clone(&self.clock),
            ))),
            permits: self
                .concurrency
                // A semaphore panics beyond its own limit, which no machine comes near.
                .map(|requests| requests.min(Semaphore::MAX_PERMITS))
                .map(|requests| Arc::new(Semaphore::new(requests))),
            retry_budget: Arc::new(RetryBudget::default()),
        };
        let means = Means {
            api: api::Client::new_with_client(base_url.as_str(), http),
            executor,
            limits: self.limits,
            retry: self.token_retry,
            store: self.token_store,
            base_url: base_url.as_str().to_owned(),
        };
        let (api, executor) = (means.api.clone(), means.executor.clone());
        let tokens = Tokens::new(credentials, means, MAX_CORPS)?;
        Ok(Client {
            auth: tokens.main(),
            shared: Arc::new(Shared {
                api,
                executor,
                tokens,
                limits: self.limits,
                retry: self.retry,
            }),
        })
    }

    fn check_limits(&self) -> Result<()> {
        let zero = |name: &str| {
            Err(Error::configuration(format!(
                "the {name} is zero; nothing could ever succeed"
            )))
        };
        match () {
            () if self.limits.attempt.is_zero() => zero("attempt timeout"),
            () if self.limits.call.is_zero() => zero("call timeout"),
            () if self.connect_timeout.is_zero() => zero("connect timeout"),
            () if self.limits.body == 0 => zero("largest body"),
            () if self.concurrency == Some(0) => zero("concurrency"),
            () => Ok(()),
        }
    }

    fn connection(&self, base_url: &BaseUrl) -> Result<Settings> {
        Ok(Settings {
            user_agent: match &self.user_agent {
                Some(program) => format!("{program} {USER_AGENT}"),
                None => USER_AGENT.to_owned(),
            },
            connect_timeout: self.connect_timeout,
            idle_timeout: IDLE_TIMEOUT,
            https_only: !base_url.is_loopback() && !self.plain_http,
            proxy: self.proxy.resolve(base_url, self.no_proxy_for.as_deref())?,
            ca_certificates: self.ca_certificates.clone(),
            client_certificate: self.client_certificate.clone(),
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("base_url", &self.base_url)
            .field("credentials", &self.credentials)
            .field("rate_limit", &self.rate_limit)
            .finish_non_exhaustive()
    }
}
