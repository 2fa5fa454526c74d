//! Clients used in ways that nobody had in mind.

use std::time::Duration;

use dingtalk_receipts::{Backoff, Change, Client, RateLimit, RetryPolicy, Sent};
use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox};

use crate::support::{builder, client, demo, quick_retries, sandbox};

const MOST: Duration = Duration::MAX;
const LEAST: Duration = Duration::from_nanos(1);

fn limited(sandbox: &Sandbox, limit: Duration, number: usize) -> Client {
    let backoff = Backoff::exponential(Duration::from_millis(1), limit);
    let policy = RetryPolicy::default()
        .attempts(u32::try_from(number).unwrap_or(u32::MAX))
        .time_limit(limit)
        .retry_after_cap(limit)
        .backoff(backoff);
    builder(sandbox)
        .connect_timeout(limit)
        .attempt_timeout(limit)
        .call_timeout(limit)
        .concurrency(number)
        .max_body_size(number)
        .rate_limit(RateLimit::per_second(f64::INFINITY))
        .retry(policy.clone())
        .token_retry(policy)
        .build()
        .unwrap()
}

#[tokio::test]
async fn limits_without_measure_limit_nothing() {
    let sandbox = sandbox(500).await;
    let client = limited(&sandbox, MOST, usize::MAX);
    let fault = Answer::error("system.error");
    sandbox.script(Operation::Query).then(fault.clone());
    let query = || {
        let query = demo(&client, &sandbox)
            .total_timeout(MOST)
            .attempt_timeout(MOST)
            .call_timeout(MOST);
        query
            .wait_until_ready(MOST)
            .max_pages(u64::MAX)
            .max_readers(u64::MAX)
    };
    assert_eq!(query().collect().await.unwrap().readers.len(), 500);
    assert_eq!(query().expect(["nobody"]).await.unwrap().unread.len(), 1);
    let mut many = client.read_many_iter([query()]).concurrency(usize::MAX);
    assert_eq!(
        many.next().await.unwrap().result.unwrap().readers.len(),
        500
    );
    let mut watch = query()
        .watch(MOST)
        .total_timeout(MOST)
        .ease_to(MOST)
        .target(1)
        .max_calls(u64::MAX);
    assert!(matches!(
        watch.try_next().await.unwrap(),
        Some(Change::SendStatus(_) | Change::Reader(_))
    ));
    assert_eq!(client.token_info().await.unwrap().expires_in(), None);
}

#[tokio::test]
async fn limits_that_leave_no_time_are_errors_of_time() {
    let sandbox = sandbox(3).await;
    let silence = Answer::genuine().hanging();
    sandbox.script(Operation::Query).always(silence);
    let hurried = limited(&sandbox, LEAST, 1);
    let client = client(&sandbox);
    for query in [
        demo(&hurried, &sandbox),
        demo(&client, &sandbox).total_timeout(Duration::ZERO),
        demo(&client, &sandbox).total_timeout(LEAST),
        demo(&client, &sandbox).call_timeout(Duration::ZERO),
        demo(&client, &sandbox).attempt_timeout(LEAST),
        demo(&client, &sandbox).attempt_timeout(Duration::ZERO),
    ] {
        let error = query.collect().await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert!(error.resume_cursor().is_some(), "{error:?}");
    }
    sandbox.script(Operation::Query).clear();
    let page = demo(&client, &sandbox).send().await.unwrap();
    assert_eq!(page.readers.len(), 3);
}

#[tokio::test]
async fn a_deadline_that_has_passed_counts_however_fast_the_server_is() {
    let sandbox = sandbox(3).await;
    let client = client(&sandbox);
    demo(&client, &sandbox).send().await.unwrap();
    for query in [
        demo(&client, &sandbox).total_timeout(Duration::ZERO),
        demo(&client, &sandbox).call_timeout(Duration::ZERO),
    ] {
        let error = query.collect().await.unwrap_err();
        assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
        assert_eq!(
            (error.was_sent(), error.attempts()),
            (Sent::No, 0),
            "{error:?}"
        );
    }
    assert_eq!(sandbox.count(Operation::Query), 1);
}

#[tokio::test]
async fn rate_limits_that_are_no_rates_do_no_harm() {
    let sandbox = sandbox(1).await;
    for rate in [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -1.0,
        0.0,
        f64::MIN_POSITIVE,
        f64::MAX,
    ] {
        let client = builder(&sandbox)
            .rate_limit(RateLimit::per_second(rate))
            .build()
            .unwrap();
        // The first call never waits.
        demo(&client, &sandbox).send().await.unwrap();
    }
}

#[tokio::test]
async fn a_query_may_be_asked_again_and_from_many_tasks_at_once() {
    let sandbox = sandbox(300).await;
    let query = demo(&client(&sandbox), &sandbox);
    let tasks = (0..20).map(|_| tokio::spawn(query.clone().collect()));
    for task in futures_util::future::join_all(tasks).await {
        assert_eq!(task.unwrap().unwrap().readers.len(), 300);
    }
    assert_eq!(sandbox.count(Operation::Query), 40);
}

#[tokio::test]
async fn a_stream_outlives_its_client_and_moves_between_tasks() {
    let sandbox = sandbox(500).await;
    let mut readers = {
        let client = client(&sandbox);
        demo(&client, &sandbox).readers()
    };
    for _ in 0..250 {
        readers.try_next().await.unwrap().unwrap();
    }
    let rest = tokio::spawn(async move {
        let mut rest = 0;
        while readers.try_next().await.unwrap().is_some() {
            rest += 1;
        }
        rest
    });
    assert_eq!(rest.await.unwrap(), 250);
}

#[tokio::test]
async fn a_loop_that_gives_up_each_poll_gets_to_the_end() {
    let sandbox = sandbox(1_000).await;
    let client = builder(&sandbox).retry(quick_retries()).build().unwrap();
    let mut readers = demo(&client, &sandbox).max_results(10).readers();
    let mut count = 0;
    loop {
        tokio::select! {
            biased;
            reader = readers.next() => match reader {
                Some(reader) => { reader.unwrap(); count += 1; }
                None => break,
            },
            () = tokio::task::yield_now() => {}
        }
    }
    assert_eq!((count, sandbox.count(Operation::Query)), (1_000, 100));
}
