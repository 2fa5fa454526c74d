//! How an answer is put on the wire where HTTP alone would not do: byte by byte, cut off, or not at all.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How an answer is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) framing: Framing,
    /// How many bytes of the body go out.
    pub(crate) cut: Option<usize>,
    /// How many bytes go out at a time, and the pause before each.
    pub(crate) drip: Option<(usize, Duration)>,
    pub(crate) ending: Ending,
    /// Nothing goes out at all.
    pub(crate) silent: bool,
    /// The request's body is not even read.
    pub(crate) before_request: bool,
}

/// What the head says about the body's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// The truth.
    Honest,
    /// This many bytes.
    Length(u64),
    /// Chunks, which the body is not made of.
    BrokenChunks,
    /// Chunks without end.
    Endless,
    /// There is no head: the bytes are the whole answer.
    AsIs,
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It stays open for the next request.
    KeptAlive,
    Closed,
    Reset,
    /// It stays open, and nothing happens on it any more.
    Stalled,
}

impl Delivery {
    pub(crate) const WHOLE: Self = Self {
        framing: Framing::Honest,
        cut: None,
        drip: None,
        ending: Ending::KeptAlive,
        silent: false,
        before_request: false,
    };
    pub(crate) const CLOSED: Self = Self {
        ending: Ending::Closed,
        ..Self::WHOLE
    };
    pub(crate) const RESET: Self = Self {
        ending: Ending::Reset,
        ..Self::WHOLE
    };
    pub(crate) const STALLED: Self = Self {
        ending: Ending::Stalled,
        ..Self::WHOLE
    };

    /// Whether HTTP alone will do.
    pub(crate) fn is_plain(self) -> bool {
        self == Self::WHOLE
    }
}

/// A socket that can be reset.
pub(crate) trait Socket: AsyncRead + AsyncWrite + Send + Unpin + 'static {
    /// Makes the coming close a reset.
    fn reset_on_close(&self);
}

impl Socket for TcpStream {
    fn reset_on_close(&self) {
        // Without it the close is an orderly one: nothing else can be done about a socket that is gone.
        let _ = self.set_zero_linger();
    }
}

/// An answer that leaves HTTP's rails: head and body, and what to do with them.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Bytes)>,
    pub(crate) body: Bytes,
    pub(crate) delivery: Delivery,
}

impl RawResponse {
    /// Puts the answer on `socket`. Errors mean that the client has gone, which is its right.
    pub(crate) async fn deliver(self, mut socket: impl Socket) {
        if !self.delivery.silent {
            let _ = self.write(&mut socket).await;
        }
        match self.delivery.ending {
            Ending::Reset => socket.reset_on_close(),
            Ending::Stalled => drain(&mut socket).await,
            Ending::Closed | Ending::KeptAlive => {
                let _ = socket.shutdown().await;
            }
        }
    }

    async fn write(&self, socket: &mut impl Socket) -> io::Result<()> {
        if self.delivery.framing != Framing::AsIs {
            socket.write_all(&self.head()).await?;
        }
        let cut = self.delivery.cut.unwrap_or(usize::MAX).min(self.body.len());
        let body = &self.body[..cut];
        match self.delivery.drip {
            None => socket.write_all(body).await?,
            Some((bytes, pause)) => {
                socket.flush().await?;
                for piece in body.chunks(bytes) {
                    tokio::time::sleep(pause).await;
                    socket.write_all(piece).await?;
                    socket.flush().await?;
                }
            }
        }
        socket.flush().await?;
        if self.delivery.framing == Framing::Endless {
            endlessly(socket).await?;
        }
        Ok(())
    }

    fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Sandbox\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        }
        let framing = match self.delivery.framing {
            Framing::Honest => format!("content-length: {}\r\n\r\n", self.body.len()),
            Framing::Length(claimed) => format!("content-length: {claimed}\r\n\r\n"),
            Framing::BrokenChunks => "transfer-encoding: chunked\r\n\r\nno chunk\r\n".to_owned(),
            Framing::Endless => {
                format!(
                    "transfer-encoding: chunked\r\n\r\n{:x}\r\n",
                    self.body.len()
                )
            }
            Framing::AsIs => String::new(),
        };
        head.extend_from_slice(framing.as_bytes());
        head
    }
}

/// Chunks of made-up user ids until the client goes away.
async fn endlessly(socket: &mut impl Socket) -> io::Result<()> {
    let ids = "\"user\",".repeat(8 * 1024);
    let chunk = format!("\r\n{:x}\r\n{ids}", ids.len());
    loop {
        socket.write_all(chunk.as_bytes()).await?;
        tokio::task::yield_now().await;
    }
}

/// Keeps a connection open until the client closes it.
async fn drain(socket: &mut impl Socket) {
    let mut ignored = [0; 1024];
    while let Ok(1..) = socket.read(&mut ignored).await {}
}
