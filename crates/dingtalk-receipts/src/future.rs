//! Futures: boxed ones, and ones with a deadline.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Instant;

use crate::clock::{Clock, Sleep};

/// A boxed future that is `Send`: what a trait's method returns so that the trait can be used as `dyn`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// `future`'s output, or `None` if `deadline` comes first. The clock is asked for an alarm only if there is something
/// to wait for.
pub(crate) async fn within<F: Future>(
    clock: &dyn Clock,
    deadline: Instant,
    future: F,
) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut alarm: Option<Sleep> = None;
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let alarm = alarm
            .get_or_insert_with(|| clock.sleep(deadline.saturating_duration_since(clock.now())));
        alarm.as_mut().poll(context).map(|()| None)
    })
    .await
}
