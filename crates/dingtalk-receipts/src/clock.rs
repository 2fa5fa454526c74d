//! Time as the client sees it: one clock, injected, so that tests can hold it still.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

use tokio::runtime::Handle;

/// A boxed future that is `Send`, as [`Clock::sleep`] returns it.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send + Sync>>;

/// Where the client gets the time from, and how it waits.
///
/// The client measures everything (deadlines, pauses, rate limit, age of tokens) by [`now`](Clock::now), which never
/// goes backwards. The wall clock is asked only where an instant has to mean something to another process.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The present on a clock that never goes backwards.
    fn now(&self) -> Instant;

    /// Completes when `duration` has passed on this clock.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// The present on the wall clock.
    fn wall(&self) -> SystemTime;
}

/// No limit is longer than a year: an instant further away may not exist.
const LONGEST: Duration = Duration::from_secs(60 * 60 * 24 * 365);

/// The instant at which a limit that begins `now` has passed.
pub(crate) fn after(now: Instant, limit: Duration) -> Instant {
    now + limit.min(LONGEST)
}

/// The clock of the tokio runtime, and the default. It stands still where the runtime's time is paused.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        match Handle::try_current() {
            Ok(_) => Box::pin(tokio::time::sleep(duration)),
            // Nothing could wake it. Whoever waits finds out about the runtime when it comes to the wire.
            Err(_) => Box::pin(std::future::ready(())),
        }
    }

    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }
}
