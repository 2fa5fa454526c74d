//! Access tokens over HTTP: whom the client asks for them, how often, and what users see of it.

mod answers;
mod canary;
mod corps;
mod credentials;
mod expiry;
mod failures;
mod providers;
mod rejection;
#[cfg(feature = "file-store")]
mod stored;
mod withheld;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use dingtalk_receipts::{
    Client, ClientBuilder, Clock, Credentials, InternalApp, Page, RateLimit, Result, Sleep,
    TokioClock,
};
use dingtalk_receipts_sandbox::{Operation, Sandbox};

use crate::support::{demo, quick_retries};

/// The client's time: tokio's, and what a test adds.
#[derive(Debug, Clone, Default)]
struct Shifted {
    added: Arc<Mutex<Duration>>,
}

impl Shifted {
    /// Moves the client's time and the sandbox's forward together.
    fn pass(&self, time: Duration, sandbox: &Sandbox) {
        *self.added.lock().unwrap() += time;
        sandbox.clock().advance(time);
    }
}

impl Clock for Shifted {
    fn now(&self) -> Instant {
        TokioClock.now() + *self.added.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        TokioClock.sleep(duration)
    }

    fn wall(&self) -> SystemTime {
        TokioClock.wall() + *self.added.lock().unwrap()
    }
}

/// A client of the sandbox with these credentials, without a rate limit.
fn builder(sandbox: &Sandbox, credentials: impl Into<Credentials>) -> ClientBuilder {
    Client::builder()
        .base_url(sandbox.url())
        .credentials(credentials)
        .rate_limit(RateLimit::unlimited())
        .concurrency(None)
        .retry(quick_retries())
}

/// The internal app of the sandbox's demo.
fn demo_app(sandbox: &Sandbox) -> InternalApp {
    let demo = sandbox.demo_values().unwrap();
    InternalApp::new(&demo.app_key, &demo.app_secret)
}

/// One page of the demo's readers.
async fn ask(client: &Client, sandbox: &Sandbox) -> Result<Page> {
    demo(client, sandbox).send().await
}

/// The tokens that the calls of the query carried, in order.
fn tokens_sent(sandbox: &Sandbox) -> Vec<String> {
    let header = "x-acs-dingtalk-access-token";
    let calls = sandbox.calls_of(Operation::Query);
    let tokens = calls.iter().filter_map(|call| call.header(header));
    tokens.map(str::to_owned).collect()
}

const HOURS: Duration = Duration::from_secs(7_200);
