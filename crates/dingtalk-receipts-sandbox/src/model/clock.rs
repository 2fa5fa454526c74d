//! The sandbox's time: tokio's, plus what a test adds to it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// The sandbox's clock. It runs with tokio's time, so it stands still where a test has paused that, and can be moved
/// forward. Tokens, quota, and the states of messages live by it.
#[derive(Debug)]
pub struct Clock {
    start: Instant,
    /// Nanoseconds added by [`advance`](Self::advance): 584 years fit.
    added: AtomicU64,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
            added: AtomicU64::new(0),
        }
    }

    /// Moves the sandbox's time forward, without waiting. Timers of the program under test do not move.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
        let add = |added: u64| Some(added.saturating_add(by));
        let _ = self
            .added
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, add);
    }

    /// The time since the sandbox started.
    #[must_use]
    pub fn now(&self) -> Duration {
        let added = Duration::from_nanos(self.added.load(Ordering::SeqCst));
        self.start.elapsed().saturating_add(added)
    }
}
