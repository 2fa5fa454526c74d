//! Serving https: with a certificate of the test's own making, client certificates, and HTTP/2.

use std::io;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

use crate::error::StartError;
use crate::http::delivery::Socket;

/// What https needs. All of it is PEM text, so that no version of a TLS library is tied in.
#[derive(Clone)]
pub struct Tls {
    chain: String,
    key: String,
    client_ca: Option<String>,
    http2: bool,
}

impl Tls {
    /// A certificate chain, the sandbox's own certificate first, and its private key.
    pub fn new(chain_pem: impl Into<String>, key_pem: impl Into<String>) -> Self {
        Self {
            chain: chain_pem.into(),
            key: key_pem.into(),
            client_ca: None,
            http2: false,
        }
    }

    /// Clients must show a certificate that this authority has signed.
    #[must_use]
    pub fn client_ca(self, ca_pem: impl Into<String>) -> Self {
        Self {
            client_ca: Some(ca_pem.into()),
            ..self
        }
    }

    /// Offers HTTP/2 beside HTTP/1.1. On a connection of HTTP/2 a fault of the wire ends the whole connection.
    #[must_use]
    pub fn http2(self) -> Self {
        Self {
            http2: true,
            ..self
        }
    }

    pub(crate) fn acceptor(&self) -> Result<TlsAcceptor, StartError> {
        let setup = |what: &str, error: &dyn std::fmt::Display| {
            StartError::Setup(format!("the {what} for https: {error}"))
        };
        let chain = certificates(&self.chain).map_err(|e| setup("certificate", &e))?;
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes())
            .map_err(|e| setup("private key", &e))?;
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|e| setup("protocol versions", &e))?;
        let config = match &self.client_ca {
            None => config.with_no_client_auth(),
            Some(ca) => {
                let mut roots = RootCertStore::empty();
                for authority in certificates(ca).map_err(|e| setup("client authority", &e))? {
                    roots
                        .add(authority)
                        .map_err(|e| setup("client authority", &e))?;
                }
                let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider);
                let verifier = verifier
                    .build()
                    .map_err(|e| setup("client authority", &e))?;
                config.with_client_cert_verifier(verifier)
            }
        };
        let mut config = config
            .with_single_cert(chain, key)
            .map_err(|e| setup("certificate", &e))?;
        if self.http2 {
            config.alpn_protocols.push(b"h2".to_vec());
        }
        config.alpn_protocols.push(b"http/1.1".to_vec());
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn certificates(
    pem: &str,
) -> Result<Vec<CertificateDer<'static>>, tokio_rustls::rustls::pki_types::pem::Error> {
    CertificateDer::pem_slice_iter(pem.as_bytes()).collect()
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tls")
            .field("http2", &self.http2)
            .finish_non_exhaustive()
    }
}

impl Socket for TlsStream<TcpStream> {
    fn reset_on_close(&self) {
        self.get_ref().0.reset_on_close();
    }
}

/// Shakes hands with a client; whether HTTP/2 was agreed on.
pub(crate) async fn handshake(
    acceptor: &TlsAcceptor,
    stream: TcpStream,
) -> io::Result<(TlsStream<TcpStream>, bool)> {
    let stream = acceptor.accept(stream).await?;
    let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    Ok((stream, http2))
}
