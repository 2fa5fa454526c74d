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
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use crate::delivery::{Delivery, RawAnswer, Socket};
use crate::inner::Inner;
use crate::lock::lock;

/// What happens to a connection before any request on it.
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

/// A call's way to its connection.
#[derive(Clone)]
pub(crate) struct Wire {
    pub(crate) peer: SocketAddr,
    pub(crate) connection: u64,
    raw: UnboundedSender<RawAnswer>,
}

impl Wire {
    /// Takes the connection from HTTP and puts `answer` on it.
    pub(crate) fn take_over(&self, answer: RawAnswer) {
        // A connection that is gone needs no answer.
        let _ = self.raw.send(answer);
    }
}

/// Accepts connections for as long as it is polled. Dropping it ends them all.
pub(crate) async fn accept(listener: TcpListener, router: Router, inner: Arc<Inner>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Small answers must not wait for acknowledgements of others.
                    let _ = stream.set_nodelay(true);
                    let fault = lock(&inner.connection_faults).pop_front();
                    let router = router.clone();
                    let inner = Arc::clone(&inner);
                    connections.spawn(async move {
                        match fault {
                            Some(fault) => fault.befall(stream).await,
                            None => serve(stream, peer, router, inner).await,
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

impl ConnectionFault {
    async fn befall(self, stream: impl Socket) {
        let ending = match self {
            Self::Reset => Delivery::RESET,
            Self::Close => Delivery::CLOSED,
            Self::Hang => Delivery::STALLED,
        };
        let delivery = Delivery {
            silent: true,
            ..ending
        };
        let nothing = RawAnswer {
            status: 0,
            headers: Vec::new(),
            body: Default::default(),
            delivery,
        };
        nothing.deliver(stream).await;
    }
}

async fn serve(stream: impl Socket, peer: SocketAddr, router: Router, inner: Arc<Inner>) {
    let (raw, mut taken_over) = unbounded_channel();
    let wire = Wire {
        peer,
        connection: inner.next_connection(),
        raw,
    };
    let routes = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(wire.clone());
        Box::pin(routes.call(request.map(Body::new)))
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // A broken connection is the client's affair.
        _ = poll_fn(|context| connection.poll_without_shutdown(context)) => {}
        Some(answer) = taken_over.recv() => {
            let stream = connection.into_parts().io.into_inner();
            answer.deliver(stream).await;
        }
        () = inner.close_idle.notified() => {
            std::pin::Pin::new(&mut connection).graceful_shutdown();
            let _ = connection.await;
        }
    }
}
