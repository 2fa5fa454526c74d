//! Accepts connections and serves them, one task each; a connection can be taken from HTTP for a raw answer.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use crate::http::delivery::{RawResponse, Socket};
use crate::lock::lock;
use crate::state::State;

/// A call's way to its connection.
#[derive(Clone)]
pub(crate) struct Wire {
    pub(crate) peer: SocketAddr,
    pub(crate) connection: u64,
    raw: UnboundedSender<RawResponse>,
}

impl Wire {
    /// Takes the connection from HTTP and puts `answer` on it.
    pub(crate) fn take_over(&self, answer: RawResponse) {
        // A connection that is gone needs no answer.
        let _ = self.raw.send(answer);
    }
}

/// What a connection is served with.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) router: Router,
    pub(crate) state: Arc<State>,
    #[cfg(feature = "tls")]
    pub(crate) tls: Option<tokio_rustls::TlsAcceptor>,
}

/// Accepts connections for as long as it is polled. Dropping it ends them all.
pub(crate) async fn accept(listener: TcpListener, server: Server) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Small answers must not wait for acknowledgements of others.
                    let _ = stream.set_nodelay(true);
                    let fault = lock(&server.state.connection_faults).pop_front();
                    let server = server.clone();
                    connections.spawn(async move {
                        match fault {
                            Some(fault) => fault.apply(stream).await,
                            None => server.welcome(stream, peer).await,
                        }
                    });
                }
                // Out of descriptors, or the peer was quicker: the next one may do.
                Err(_) => tokio::task::yield_now().await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

impl Server {
    /// Serves a connection, after a handshake if there is to be one.
    #[cfg(feature = "tls")]
    async fn welcome(self, stream: TcpStream, peer: SocketAddr) {
        let Some(acceptor) = &self.tls else {
            return self.serve(stream, peer).await;
        };
        match crate::http::tls::handshake(acceptor, stream).await {
            Ok((stream, true)) => self.serve_http2(stream, peer).await,
            Ok((stream, false)) => self.serve(stream, peer).await,
            // A client that does not trust the certificate says so itself.
            Err(_) => {}
        }
    }

    #[cfg(not(feature = "tls"))]
    async fn welcome(self, stream: TcpStream, peer: SocketAddr) {
        self.serve(stream, peer).await;
    }

    async fn serve(self, stream: impl Socket, peer: SocketAddr) {
        let (raw, mut taken_over) = unbounded_channel();
        let wire = Wire {
            peer,
            connection: self.state.next_connection(),
            raw,
        };
        let routes = TowerToHyperService::new(self.router);
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(wire.clone());
            Box::pin(routes.call(request.map(Body::new)))
        });
        let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        let mut closing = false;
        loop {
            tokio::select! {
                // A broken connection is the client's affair.
                _ = poll_fn(|context| connection.poll_without_shutdown(context)) => return,
                Some(answer) = taken_over.recv() => {
                    let stream = connection.into_parts().io.into_inner();
                    return answer.deliver(stream).await;
                }
                () = self.state.close_idle.notified(), if !closing => {
                    std::pin::Pin::new(&mut connection).graceful_shutdown();
                    closing = true;
                }
            }
        }
    }

    /// The same for HTTP/2, whose frames leave no room for raw answers: a fault of the wire ends the connection.
    #[cfg(feature = "tls")]
    async fn serve_http2(self, stream: impl Socket, peer: SocketAddr) {
        use crate::http::delivery::Ending;
        use crate::http::tasks::Tasks;

        let (raw, mut taken_over) = unbounded_channel::<RawResponse>();
        let wire = Wire {
            peer,
            connection: self.state.next_connection(),
            raw,
        };
        let routes = TowerToHyperService::new(self.router);
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(wire.clone());
            routes.call(request.map(Body::new))
        });
        let tasks = Tasks::default();
        let builder = hyper::server::conn::http2::Builder::new(tasks.spawner());
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        let mut connection = std::pin::pin!(connection);
        let mut closing = false;
        loop {
            tokio::select! {
                _ = connection.as_mut() => return,
                Some(answer) = taken_over.recv() => {
                    if answer.delivery.ending != Ending::Stalled {
                        return;
                    }
                }
                () = self.state.close_idle.notified(), if !closing => {
                    connection.as_mut().graceful_shutdown();
                    closing = true;
                }
            }
        }
    }
}
