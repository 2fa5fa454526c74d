//! An address that nobody answers at: connecting to it hangs.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// A port on loopback where connecting hangs, as it does where a firewall drops everything: it is listened on, its
/// queue is full, and nobody accepts. Works on Linux; elsewhere a full queue may refuse instead.
#[derive(Debug)]
pub struct Unreachable {
    address: SocketAddr,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl Unreachable {
    /// Takes a free port and fills its queue.
    ///
    /// # Errors
    ///
    /// If no port can be had.
    pub async fn start() -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let listener = socket.listen(1)?;
        let address = listener.local_addr()?;
        // A queue of one holds two: connections beyond the number asked for are dropped only once it is exceeded.
        let queue = vec![
            TcpStream::connect(address).await?,
            TcpStream::connect(address).await?,
        ];
        Ok(Self {
            address,
            _listener: listener,
            _queue: queue,
        })
    }

    /// The base URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}
