//! The client's own rate limit, over HTTP, against a server that enforces one.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use dingtalk_receipts::{Clock, Error, RateLimit, RetryPolicy, Sleep, TokioClock};
use dingtalk_receipts_sandbox::{Operation, Quota as Enforced, Sandbox};

use crate::support::{builder, demo, sandbox};

/// Time that passes only by waiting, for the client and the server together.
#[derive(Debug, Clone)]
struct Waited {
    start: Instant,
    waited: Arc<Mutex<Duration>>,
    sandbox: Arc<Sandbox>,
}

impl Waited {
    fn with(sandbox: &Arc<Sandbox>) -> Self {
        Self {
            start: Instant::now(),
            waited: Arc::default(),
            sandbox: Arc::clone(sandbox),
        }
    }

    fn elapsed(&self) -> Duration {
        *self.waited.lock().unwrap()
    }
}

impl Clock for Waited {
    fn now(&self) -> Instant {
        self.start + self.elapsed()
    }

    /// A wait for the rate limit is over at once, and has taken its time. A limit of time never comes.
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration > Duration::from_secs(1) {
            return Box::pin(std::future::pending());
        }
        *self.waited.lock().unwrap() += duration;
        self.sandbox.clock().advance(duration);
        Box::pin(std::future::ready(()))
    }

    fn wall(&self) -> SystemTime {
        TokioClock.wall()
    }
}

/// Half a minute of calls one after the other: how many there were, and the first error.
async fn half_a_minute(rate_limit: RateLimit) -> (u32, Result<(), Error>) {
    let sandbox = Arc::new(sandbox(1).await);
    sandbox.set_quota(Operation::Query, Enforced::per_second(20));
    let clock = Waited::with(&sandbox);
    let client = builder(&sandbox)
        .rate_limit(rate_limit)
        .retry(RetryPolicy::never())
        .clock(clock.clone());
    let client = client.build().unwrap();
    let mut calls = 0;
    while clock.elapsed() < Duration::from_secs(30) {
        if let Err(error) = demo(&client, &sandbox).send().await {
            return (calls, Err(error));
        }
        calls += 1;
    }
    (calls, Ok(()))
}

#[tokio::test]
async fn a_busy_client_is_never_throttled_and_leaves_no_rate_limit_unused() {
    let (calls, result) = half_a_minute(RateLimit::default()).await;
    result.unwrap();
    assert!((588..=600).contains(&calls), "{calls} of 600 calls");
}

#[tokio::test]
async fn a_client_that_knows_no_rate_limit_is_throttled() {
    let (calls, result) = half_a_minute(RateLimit::unlimited()).await;
    let error = result.unwrap_err();
    assert!(error.is_throttled() && calls >= 20, "{calls}: {error:?}");
}
