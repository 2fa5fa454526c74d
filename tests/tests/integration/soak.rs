//! A long run through random faults: every reader exactly once, and no call beyond what the policy allows.

use std::collections::HashSet;
use std::time::Duration;

use dingtalk_receipts::{AccessToken, Backoff, Client, RateLimit, RetryPolicy};
use dingtalk_receipts_sandbox::{Answer, Chaos, Message, Operation, Sandbox};

/// Messages times pages make 100,000 calls, retries not counted.
const MESSAGES: u64 = 20;
const PAGES: u64 = 5_000;
const ATTEMPTS: u32 = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a minute and more; the step `soak` of `cargo xtask ci` runs it"]
async fn a_hundred_thousand_calls_through_seeded_faults_lose_nobody() {
    let mut builder = Sandbox::builder().check_answers(false).keep_calls(0);
    for message in 0..MESSAGES {
        builder = builder.message(
            Message::new(format!("m{message}"))
                .conversation("c")
                .robot("r")
                .readers(PAGES * 2),
        );
    }
    let sandbox = builder.start().await.unwrap();
    let chaos = Chaos::seeded(20_261_123)
        .rate(0.004, Answer::genuine().reset_after_request())
        .rate(0.004, Answer::genuine().truncated_after(20))
        .rate(0.004, Answer::genuine().closed_without_answer())
        .rate(0.004, Answer::gateway_page(502))
        .rate(0.004, Answer::error("system.error"))
        .rate(0.004, Answer::status(504))
        .at_most_in_a_row(ATTEMPTS - 1);
    sandbox.set_chaos(Operation::Query, chaos);

    let client = Client::builder()
        .base_url(sandbox.url())
        .credentials(AccessToken::new(sandbox.static_token()).unwrap())
        .rate_limit(RateLimit::unlimited())
        .retry(
            RetryPolicy::default()
                .attempts(ATTEMPTS)
                .backoff(Backoff::exponential(
                    Duration::from_millis(1),
                    Duration::from_millis(8),
                )),
        )
        .build()
        .unwrap();
    let mut runs = tokio::task::JoinSet::new();
    for message in 0..MESSAGES {
        let client = client.clone();
        runs.spawn(async move {
            let query = client
                .read_status(format!("m{message}"))
                .conversation("c")
                .robot("r");
            query.max_results(2).collect().await
        });
    }
    while let Some(run) = runs.join_next().await {
        let receipts = run.unwrap().unwrap();
        let ids: HashSet<&str> = receipts.readers.iter().map(|reader| reader.id()).collect();
        assert_eq!(
            (ids.len() as u64, receipts.readers.len() as u64),
            (PAGES * 2, PAGES * 2)
        );
        assert_eq!((receipts.pages, receipts.complete), (PAGES, true));
    }
    let calls = sandbox.count(Operation::Query);
    let needed = MESSAGES * PAGES;
    assert!(calls > needed, "no fault came");
    // Each fault costs one call more; 2.4 % of the calls are faults.
    assert!(
        calls < needed + needed * 4 / 100,
        "{calls} calls for {needed} pages"
    );
}
