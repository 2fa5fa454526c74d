//! Settings of the HTTP client, from which a client with fresh connections can be made at any time.

use std::fmt;
use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};

use crate::error::{Error, Result};

/// How long an unused connection is kept: below the shortest idle limits of NATs and firewalls in common use (60 s),
/// which forget a connection without telling either end.
const IDLE_TIMEOUT: Duration = Duration::from_secs(45);
/// While requests are open and nothing arrives, an HTTP/2 connection is pinged this often.
const PING_INTERVAL: Duration = Duration::from_secs(5);
/// A connection whose ping is not answered for so long is dead. Together with the interval it is less than the default
/// timeout of an attempt (10 s), and a server that is only slow answers pings.
const PING_TIMEOUT: Duration = Duration::from_secs(3);

/// Settings of the HTTP client, checked.
pub(crate) struct Settings {
    pub(crate) user_agent: String,
    pub(crate) connect_timeout: Duration,
    pub(crate) https_only: bool,
    pub(crate) proxy: super::proxy::Route,
    pub(crate) ca_certificates: Vec<Vec<u8>>,
    pub(crate) client_certificate: Option<Vec<u8>>,
}

impl Settings {
    /// Makes a client without any connections.
    pub(crate) fn client(&self) -> Result<reqwest::Client> {
        let mut http = reqwest::Client::builder()
            .user_agent(&self.user_agent)
            // Unpacked by `encoding`: reqwest knows neither capitals nor a second member. Another crate of the same
            // build may switch its decoders on.
            .default_headers(HeaderMap::from_iter([(
                ACCEPT_ENCODING,
                HeaderValue::from_static("gzip"),
            )]))
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            // The access token is in a header that reqwest would carry to another host.
            .redirect(reqwest::redirect::Policy::none())
            .https_only(self.https_only)
            .retry(reqwest::retry::never());
        http = self.proxy.apply(http);
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

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The proxy's address and the client certificate hold secrets.
        f.debug_struct("Settings")
            .field("user_agent", &self.user_agent)
            .field("connect_timeout", &self.connect_timeout)
            .finish_non_exhaustive()
    }
}
