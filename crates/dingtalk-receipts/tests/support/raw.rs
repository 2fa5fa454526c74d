//! A server of bare sockets, for answers that no HTTP library would send.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use dingtalk_receipts::{AccessToken, Client, ClientBuilder, RateLimit, ReadStatus, RetryPolicy};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use tokio_rustls::TlsAcceptor;

use super::tls::Identity;

/// A page with one reader, the last.
pub(crate) const PAGE: &str =
    r#"{"sendStatus":"SUCCESS","readUserIds":["raw-reader"],"hasMore":false}"#;

/// What a request is answered with.
#[derive(Debug, Clone)]
pub(crate) enum Turn {
    /// These bytes; the connection stays open.
    Say(Vec<u8>),
    /// These bytes, and then the connection is closed.
    Last(Vec<u8>),
    /// The first bytes once and the second again and again, for as long as the client listens.
    Forever(Vec<u8>, Vec<u8>),
    /// The connection is closed.
    Close,
}

/// A server that is gone when it is dropped.
pub(crate) struct Raw {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    task: AbortHandle,
}

impl Raw {
    /// Answers each request as `script` says, which is told the number of the connection and of the request on it,
    /// both from 0.
    pub(crate) async fn start(
        script: impl Fn(usize, usize) -> Turn + Send + Sync + 'static,
    ) -> Self {
        Self::on("127.0.0.1:0", script).await.unwrap()
    }

    pub(crate) async fn on(
        address: &str,
        script: impl Fn(usize, usize) -> Turn + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        Self::listen(address, None, script).await
    }

    /// The same over TLS, with HTTP/1.1 agreed on by ALPN.
    pub(crate) async fn tls(
        identity: &Identity,
        script: impl Fn(usize, usize) -> Turn + Send + Sync + 'static,
    ) -> Self {
        let acceptor = identity.acceptor(&["http/1.1"]);
        Self::listen("127.0.0.1:0", Some(acceptor), script)
            .await
            .unwrap()
    }

    async fn listen(
        address: &str,
        acceptor: Option<TlsAcceptor>,
        script: impl Fn(usize, usize) -> Turn + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (noted, script) = (Arc::clone(&requests), Arc::new(script));
        let task = tokio::spawn(async move {
            for connection in 0.. {
                let Ok((socket, _)) = listener.accept().await else {
                    return;
                };
                let (noted, script) = (Arc::clone(&noted), Arc::clone(&script));
                let script = move |number| script(connection, number);
                match acceptor.clone() {
                    Some(acceptor) => {
                        tokio::spawn(async move {
                            if let Ok(socket) = acceptor.accept(socket).await {
                                serve(socket, &noted, script).await;
                            }
                        });
                    }
                    None => {
                        tokio::spawn(async move { serve(socket, &noted, script).await });
                    }
                }
            }
        });
        Ok(Self {
            address,
            requests,
            task: task.abort_handle(),
        })
    }

    /// Answers every request with these bytes and closes the connection.
    pub(crate) async fn saying(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::start(move |_, _| Turn::Last(bytes.clone())).await
    }

    /// The requests that came, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// A client of this server that makes one attempt.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder()
            .base_url(format!("http://{}", self.address))
            .credentials(AccessToken::new("raw-token").unwrap())
            .rate_limit(RateLimit::unlimited())
            .retry(RetryPolicy::never())
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A question to a raw server.
pub(crate) fn query(client: &Client) -> ReadStatus {
    client.read_status("key").conversation("cid").robot("robot")
}

/// An HTTP answer with this status line, these headers and this body, of the right length.
pub(crate) fn http(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// Answers the requests of one connection.
async fn serve(
    mut socket: impl AsyncRead + AsyncWrite + Unpin,
    requests: &Mutex<Vec<String>>,
    script: impl Fn(usize) -> Turn,
) {
    for number in 0.. {
        let Some(request) = request(&mut socket).await else {
            return;
        };
        requests.lock().unwrap().push(request);
        if !answer(&mut socket, script(number)).await {
            return;
        }
    }
}

/// Reads a request with a body of a stated length.
async fn request(socket: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|end| end == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            if bytes.len() >= end + 4 + length {
                return Some(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}

/// Whether the connection stays open.
async fn answer(socket: &mut (impl AsyncWrite + Unpin), turn: Turn) -> bool {
    match turn {
        Turn::Say(bytes) => socket.write_all(&bytes).await.is_ok() && socket.flush().await.is_ok(),
        Turn::Last(bytes) => {
            let _ = socket.write_all(&bytes).await;
            let _ = socket.shutdown().await;
            false
        }
        Turn::Forever(first, more) => {
            let _ = socket.write_all(&first).await;
            while socket.write_all(&more).await.is_ok() {}
            false
        }
        Turn::Close => false,
    }
}
