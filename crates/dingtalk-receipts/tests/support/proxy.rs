//! An HTTP proxy that notes what it is asked, and passes plain requests on.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

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
