//! A call that goes on while nobody polls it, and ends when nobody wants it.
//!
//! A call that waits for the client's rate limit has a place in a queue, and one that is under way has a permit. If it
//! stood still whenever its stream is not polled, everybody behind it would stand still too, and its time limits would
//! pass while the answer lies in the socket. So it runs on the runtime by itself; dropping it aborts it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::error::{Advice, Error, Kind, Result, Sent};

type Boxed<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

/// A future at work. It started when this was made.
pub(crate) struct Task<T>(Work<T>);

enum Work<T> {
    Spawned(JoinHandle<Result<T>>),
    /// Without a tokio runtime (a test double on another executor) it gets on only when it is polled.
    Here(Boxed<T>),
}

impl<T: Send + 'static> Task<T> {
    pub(crate) fn start(future: impl Future<Output = Result<T>> + Send + 'static) -> Self {
        // What the caller traces is traced there, too.
        let future = future.in_current_span().with_current_subscriber();
        Self(match Handle::try_current() {
            Ok(runtime) => Work::Spawned(runtime.spawn(future)),
            Err(_) => Work::Here(Box::pin(future)),
        })
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.get_mut().0 {
            Work::Here(future) => future.as_mut().poll(context),
            Work::Spawned(handle) => Pin::new(handle).poll(context).map(|joined| match joined {
                Ok(result) => result,
                // A panic of the user's own code, such as a retry rule, belongs to whoever polls.
                Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                Err(_) => Err(stopped()),
            }),
        }
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        if let Work::Spawned(handle) = &self.0 {
            handle.abort();
        }
    }
}

/// The runtime shut down.
pub(crate) fn stopped() -> Error {
    let text = "the async runtime stopped while the call was under way";
    Error::new(Kind::Transport, text).with(|details| {
        details.sent = Sent::Maybe;
        details.advice = Advice::Never;
    })
}
