//! How a client is made.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use dingtalk_receipts_api as api;
use tokio::sync::Semaphore;

use crate::auth::{self, Credentials, MOST_CORPS, Means, TokenStore, Tokens};
use crate::call::{Budget, Caller, Limiter, Limits, Quota, RetryPolicy};
use crate::client::{Client, Shared};
use crate::clock::{Clock, TokioClock};
use crate::error::{Error, Result};
use crate::region::{BaseUrl, Region};
use crate::transport::{Http, Transport};

/// The kinds of proxies that there are.
const PROXY_SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// What a client sends as its `User-Agent`.
const USER_AGENT: &str = concat!("dingtalk-receipts/", env!("CARGO_PKG_VERSION"));

/// Puts a [`Client`] together. Only [`credentials`](Self::credentials) must be given.
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    region: Region,
    base_url: Option<String>,
    plain_http: bool,
    credentials: Option<Credentials>,
    token_store: Option<Arc<dyn TokenStore>>,
    quota: Quota,
    concurrency: Option<usize>,
    retry: RetryPolicy,
    token_retry: RetryPolicy,
    limits: Limits,
    connect_timeout: Duration,
    user_agent: Option<String>,
    proxy: ProxyChoice,
    ca_certificates: Vec<Vec<u8>>,
    client_certificate: Option<Vec<u8>>,
    clock: Arc<dyn Clock>,
    transport: Option<Arc<dyn Transport>>,
}

enum ProxyChoice {
    Environment,
    Url { url: String, except: Option<String> },
    None,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            region: Region::default(),
            base_url: None,
            plain_http: false,
            credentials: None,
            token_store: None,
            quota: Quota::default(),
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
            ca_certificates: Vec::new(),
            client_certificate: None,
            clock: Arc::new(TokioClock),
            transport: None,
        }
    }

    /// Which of DingTalk's platforms to talk to; [`Region::International`] if not said.
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

    /// Where access tokens are kept for other clients and processes of the same app; nowhere, if not said.
    pub fn token_store(mut self, store: impl TokenStore) -> Self {
        self.token_store = Some(Arc::new(store));
        self
    }

    /// How many calls in a second; [20](Quota::default) if not said.
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quota = quota;
        self
    }

    /// How many requests may be under way at once: from 1, or `None` for any number; 64 if not said.
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
    /// 3 attempts with pauses of at most 2 s, if not said.
    pub fn token_retry(mut self, policy: RetryPolicy) -> Self {
        self.token_retry = policy;
        self
    }

    /// The time limit for making a connection, TLS included; 5 s if not said.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// The time limit of one attempt, from sending to the last byte of the answer; 10 s if not said. DingTalk's
    /// gateway itself waits 3 s for what is behind it.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt = limit;
        self
    }

    /// The time limit of one call: all attempts, all pauses, waiting for quota and for a token; 60 s if not said.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.limits.call = limit;
        self
    }

    /// The longest answer that is read, in bytes after decompression; 8 MiB if not said. A page of 200 readers has
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
    /// of the one that the environment names by `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::Url {
            url: url.into(),
            except: None,
        };
        self
    }

    /// Hosts that [`proxy`](Self::proxy) is not used for, written like `NO_PROXY`.
    pub fn no_proxy_for(mut self, hosts: impl Into<String>) -> Self {
        if let ProxyChoice::Url { except, .. } = &mut self.proxy {
            *except = Some(hosts.into());
        }
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

    /// Takes the time from this clock; from the tokio runtime if not said.
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
        let http = self.http(&base_url)?;
        let credentials = self.credentials.ok_or_else(auth::missing)?;
        let caller = Caller {
            transport: match &self.transport {
                Some(transport) => Arc::clone(transport),
                None => Arc::new(Http::new(http.clone())),
            },
            clock: Arc::clone(&self.clock),
            quota: Some(Arc::new(Limiter::new(self.quota, Arc::clone(&self.clock)))),
            permits: self
                .concurrency
                // A semaphore panics beyond its own limit, which no machine comes near.
                .map(|requests| requests.min(Semaphore::MAX_PERMITS))
                .map(|requests| Arc::new(Semaphore::new(requests))),
            budget: Arc::new(Budget::default()),
        };
        let means = Means {
            api: api::Client::new_with_client(base_url.as_str(), http),
            caller,
            limits: self.limits,
            retry: self.token_retry,
            store: self.token_store,
            base_url: base_url.as_str().to_owned(),
        };
        let (api, caller) = (means.api.clone(), means.caller.clone());
        let tokens = Tokens::new(credentials, means, MOST_CORPS)?;
        Ok(Client {
            auth: tokens.main(),
            shared: Arc::new(Shared {
                api,
                caller,
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

    fn http(&self, base_url: &BaseUrl) -> Result<reqwest::Client> {
        let agent = match &self.user_agent {
            Some(program) => format!("{program} {USER_AGENT}"),
            None => USER_AGENT.to_owned(),
        };
        let mut http = reqwest::Client::builder()
            .user_agent(agent)
            .connect_timeout(self.connect_timeout)
            // The access token is in a header that reqwest would carry to another host.
            .redirect(reqwest::redirect::Policy::none())
            .https_only(!base_url.is_loopback() && !self.plain_http)
            .retry(reqwest::retry::never());
        http = match &self.proxy {
            // A proxy of the environment is for what is outside this machine.
            ProxyChoice::Environment if base_url.is_loopback() => http.no_proxy(),
            ProxyChoice::Environment => http,
            ProxyChoice::None => http.no_proxy(),
            ProxyChoice::Url { url, except } => {
                let wrong = || Error::configuration("the proxy's address is not a URL of a proxy");
                // Of a scheme that it does not know, reqwest would make no use, and say nothing.
                let scheme = url.split_once("://").map_or("http", |(scheme, _)| scheme);
                if !PROXY_SCHEMES
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(scheme))
                {
                    return Err(wrong());
                }
                let proxy = reqwest::Proxy::all(url).map_err(|_| wrong())?;
                let except = except.as_deref().and_then(reqwest::NoProxy::from_string);
                http.proxy(proxy.no_proxy(except))
            }
        };
        http = self.tls(http)?;
        http.build().map_err(|error| {
            Error::configuration("the HTTP client cannot be made of this configuration")
                .caused_by(error)
        })
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    fn tls(&self, http: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder> {
        let mut http = with_backend(http);
        for pem in &self.ca_certificates {
            let authorities = reqwest::Certificate::from_pem_bundle(pem)
                .ok()
                .filter(|authorities| !authorities.is_empty())
                .ok_or_else(|| {
                    Error::configuration("the CA certificates are not PEM text with certificates")
                })?;
            http = http.tls_certs_merge(authorities);
        }
        if let Some(pem) = &self.client_certificate {
            let identity = identity(pem).map_err(|error| {
                Error::configuration(
                    "the client certificate is not PEM text with a private key and its chain",
                )
                .caused_by(error)
            })?;
            http = http.identity(identity);
        }
        Ok(http)
    }

    #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
    fn tls(&self, http: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder> {
        if self.ca_certificates.is_empty() && self.client_certificate.is_none() {
            Ok(http)
        } else {
            Err(Error::configuration(
                "certificates need the feature `rustls` or `native-tls`",
            ))
        }
    }
}

/// Says which TLS it is: reqwest would take another as soon as some crate of the same build asks for it, and a client
/// certificate made for the one is no use to the other.
#[cfg(feature = "rustls")]
fn with_backend(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    http.tls_backend_rustls()
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn with_backend(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    http.tls_backend_native()
}

#[cfg(feature = "rustls")]
fn identity(pem: &[u8]) -> reqwest::Result<reqwest::Identity> {
    reqwest::Identity::from_pem(pem)
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn identity(pem: &[u8]) -> reqwest::Result<reqwest::Identity> {
    // The platform's library takes chain and key apart, and the key only where a text begins with it.
    const KEY: &[u8] = b"-----BEGIN PRIVATE KEY-----";
    let start = pem.windows(KEY.len()).position(|text| text == KEY);
    reqwest::Identity::from_pkcs8_pem(pem, start.map_or(pem, |start| &pem[start..]))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("base_url", &self.base_url)
            .field("credentials", &self.credentials)
            .field("quota", &self.quota)
            .finish_non_exhaustive()
    }
}
