//! An HTTP proxy that notes what it is asked, and passes plain requests on.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinHandle};

/// A proxy that is gone when it is dropped.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    task: AbortHandle,
}

impl Proxy {
    /// Passes every request on to `target`; without one, and without the right credentials, answers 407.
    pub(crate) async fn start(target: Option<SocketAddr>, wants: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&heads);
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, target, wants, Arc::clone(&noted)));
            }
        });
        Self {
            address,
            heads,
            task: task.abort_handle(),
        }
    }

    /// The heads of the requests that came.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut socket: TcpStream,
    target: Option<SocketAddr>,
    wants: Option<&str>,
    heads: Arc<Mutex<Vec<String>>>,
) {
    let mut bytes = vec![0; 16 * 1024];
    let mut length = 0;
    while !bytes[..length].windows(4).any(|end| end == b"\r\n\r\n") {
        match socket.read(&mut bytes[length..]).await {
            Ok(more) if more > 0 => length += more,
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
    let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
    let allowed = wants.is_none_or(|wants| head.contains(wants));
    heads.lock().unwrap().push(head);
    let Some(target) = target.filter(|_| allowed) else {
        let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n";
        let _ = socket.write_all(refusal.as_bytes()).await;
        return;
    };
    let Ok(mut outside) = TcpStream::connect(target).await else {
        return;
    };
    let _ = outside.write_all(&bytes[..length]).await;
    let _ = tokio::io::copy_bidirectional(&mut socket, &mut outside).await;
}

/// A SOCKS5 proxy for one connection, which it passes on to `target`. Gives the host that it was asked for.
pub(crate) async fn socks(target: SocketAddr) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        // Version 5 and the ways to authenticate; none is needed.
        let mut greeting = [0; 2];
        socket.read_exact(&mut greeting).await.unwrap();
        let mut ways = vec![0; usize::from(greeting[1])];
        socket.read_exact(&mut ways).await.unwrap();
        socket.write_all(&[5, 0]).await.unwrap();
        // Connect, to a host by name: its length, the name, the port.
        let mut asked = [0; 5];
        socket.read_exact(&mut asked).await.unwrap();
        assert_eq!(asked[..4], [5, 1, 0, 3], "a host by name");
        let mut host = vec![0; usize::from(asked[4]) + 2];
        socket.read_exact(&mut host).await.unwrap();
        host.truncate(usize::from(asked[4]));
        socket
            .write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
            .await
            .unwrap();
        let mut outside = TcpStream::connect(target).await.unwrap();
        tokio::spawn(async move {
            let _ = tokio::io::copy_bidirectional(&mut socket, &mut outside).await;
        });
        String::from_utf8(host).unwrap()
    });
    (address, task)
}
