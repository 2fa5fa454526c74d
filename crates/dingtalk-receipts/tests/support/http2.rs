//! A server that speaks HTTP/2 in frames written by hand, over TLS.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio_rustls::TlsAcceptor;

use super::tls::Identity;

/// One frame: its type, flags, stream and content.
#[derive(Debug, Clone)]
pub(crate) struct Frame(
    pub(crate) u8,
    pub(crate) u8,
    pub(crate) u32,
    pub(crate) Vec<u8>,
);

impl Frame {
    pub(crate) fn settings() -> Self {
        Self(4, 0, 0, Vec::new())
    }

    /// An answer with status 200 and this body on the stream.
    pub(crate) fn answer(stream: u32, body: &str) -> Vec<Self> {
        vec![
            Self(1, 4, stream, vec![0x88]),
            Self(0, 1, stream, body.as_bytes().to_vec()),
        ]
    }

    pub(crate) fn reset(stream: u32, code: u32) -> Self {
        Self(3, 0, stream, code.to_be_bytes().to_vec())
    }

    /// No stream after `last` was handled.
    pub(crate) fn go_away(last: u32, code: u32) -> Self {
        let content = [last.to_be_bytes(), code.to_be_bytes()].concat();
        Self(
            7,
            0,
            0,
            [content, b"certificate of good conduct".to_vec()].concat(),
        )
    }

    fn bytes(&self) -> Vec<u8> {
        let Self(kind, flags, stream, content) = self;
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        let mut bytes = length[1..].to_vec();
        bytes.extend([*kind, *flags]);
        bytes.extend(stream.to_be_bytes());
        bytes.extend(content);
        bytes
    }
}

/// A server that is gone when it is dropped.
pub(crate) struct Http2 {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: AbortHandle,
}

impl Http2 {
    /// Sends these frames when a request's head has come; told are the number of the connection, from 0, and the stream.
    pub(crate) async fn start(
        identity: &Identity,
        script: impl Fn(usize, u32) -> Vec<Frame> + Send + Sync + 'static,
    ) -> Self {
        let acceptor = identity.acceptor(&["h2"]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let (counted, script) = (Arc::clone(&connections), Arc::new(script));
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let connection = counted.fetch_add(1, Ordering::Relaxed);
                let (acceptor, script) = (acceptor.clone(), Arc::clone(&script));
                tokio::spawn(serve(acceptor, socket, move |stream| {
                    script(connection, stream)
                }));
            }
        });
        Self {
            address,
            connections,
            task: task.abort_handle(),
        }
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

impl Drop for Http2 {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Speaks until the client or the connection ends.
async fn serve(
    acceptor: TlsAcceptor,
    socket: TcpStream,
    script: impl Fn(u32) -> Vec<Frame>,
) -> std::io::Result<()> {
    let mut socket = acceptor.accept(socket).await?;
    let mut preface = [0; 24];
    socket.read_exact(&mut preface).await?;
    socket.write_all(&Frame::settings().bytes()).await?;
    loop {
        let mut head = [0; 9];
        socket.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut content = vec![0; length as usize];
        socket.read_exact(&mut content).await?;
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        let frames = match head[3] {
            // The client's settings want a receipt.
            4 if head[4] == 0 => vec![Frame(4, 1, 0, Vec::new())],
            1 => script(stream),
            _ => Vec::new(),
        };
        for frame in frames {
            socket.write_all(&frame.bytes()).await?;
        }
        socket.flush().await?;
    }
}
