//! What the tests share: a sandbox with one message, and clients of it.

pub(crate) mod http2;
pub(crate) mod proxy;
pub(crate) mod raw;
pub(crate) mod tls;

use std::time::Duration;

use dingtalk_receipts::{
    AccessToken, Backoff, Client, ClientBuilder, Error, RateLimit, ReadStatus, RetryPolicy,
};
use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox};

/// A sandbox whose demo message has this many readers.
pub(crate) async fn sandbox(readers: u64) -> Sandbox {
    Sandbox::demo(readers)
        .start()
        .await
        .expect("the sandbox starts")
}

/// A client of the sandbox without a rate limit, which pauses for milliseconds only.
pub(crate) fn builder(sandbox: &Sandbox) -> ClientBuilder {
    Client::builder()
        .base_url(sandbox.url())
        .credentials(AccessToken::new(sandbox.static_token()).expect("a token"))
        .rate_limit(RateLimit::unlimited())
        .retry(quick_retries())
}

pub(crate) fn client(sandbox: &Sandbox) -> Client {
    builder(sandbox).build().expect("a client")
}

/// The default policy with pauses of a few milliseconds.
pub(crate) fn quick_retries() -> RetryPolicy {
    RetryPolicy::default().backoff(Backoff::exponential(
        Duration::from_millis(1),
        Duration::from_millis(4),
    ))
}

/// The question about the sandbox's demo message.
pub(crate) fn demo(client: &Client, sandbox: &Sandbox) -> ReadStatus {
    let demo = sandbox.demo_values().expect("the demo");
    client
        .read_status(&demo.process_query_key)
        .conversation(&demo.open_conversation_id)
        .robot(&demo.robot_code)
}

/// The error of a single attempt that the sandbox answers like this.
pub(crate) async fn error_of(answer: Answer) -> Error {
    let sandbox = sandbox(3).await;
    sandbox.script(Operation::Query).always(answer);
    let client = builder(&sandbox)
        .retry(RetryPolicy::never())
        .build()
        .expect("a client");
    let error = demo(&client, &sandbox)
        .send()
        .await
        .expect_err("the answer is a fault");
    assert_eq!(sandbox.count(Operation::Query), 1, "one attempt, one call");
    error
}

/// The error that is left when every attempt is answered like this, and how many there were.
pub(crate) async fn error_after_retries(answer: Answer) -> (Error, u64) {
    let sandbox = sandbox(3).await;
    sandbox.script(Operation::Query).always(answer);
    let error = demo(&client(&sandbox), &sandbox)
        .send()
        .await
        .expect_err("the answer is a fault");
    (error, sandbox.count(Operation::Query))
}

/// Keep this while a test watches what is traced. As long as `tracing` knows of one subscriber only, it asks the thread
/// that comes first to a place in the code whether anybody watches it, which may be another test's; with two, it asks
/// the subscribers.
pub(crate) fn second_subscriber() -> tracing::Dispatch {
    tracing::Dispatch::new(tracing::subscriber::NoSubscriber::new())
}
