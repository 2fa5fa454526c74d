//! Faults of a connection before any request on it.

use bytes::Bytes;
use tokio::net::TcpStream;

use crate::http::delivery::{Delivery, RawResponse};

/// What happens to a connection before any request on it, and before any handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectionFault {
    /// It is reset as soon as it is there.
    Reset,
    /// It is closed as soon as it is there.
    Close,
    /// It stays open, and nothing is read or written on it.
    Hang,
}

impl ConnectionFault {
    /// Does it to `stream`.
    pub(crate) async fn apply(self, stream: TcpStream) {
        let ending = match self {
            Self::Reset => Delivery::RESET,
            Self::Close => Delivery::CLOSED,
            Self::Hang => Delivery::STALLED,
        };
        let delivery = Delivery {
            silent: true,
            ..ending
        };
        RawResponse {
            status: 0,
            headers: Vec::new(),
            body: Bytes::new(),
            delivery,
        }
        .deliver(stream)
        .await;
    }
}
