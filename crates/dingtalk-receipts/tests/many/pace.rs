//! How fast a run is, and whom it holds up.

use std::time::Duration;

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{RateLimit, ReadStatus};
use futures_core::FusedStream as _;
use futures_util::StreamExt as _;

use super::{all, one_reader_each, queries};
use crate::scripted::ask;

/// At 20 calls a second, a run takes no more than 2 % longer than its calls divided by the limit, and no second sees
/// more calls than the rate limit.
#[tokio::test(start_paused = true)]
async fn a_run_takes_as_long_as_the_rate_limit_asks_for() {
    let script = Script::new().otherwise(|_| Reply::page(["a"]).delay(Duration::from_millis(80)));
    let client = script
        .builder()
        .unwrap()
        .rate_limit(RateLimit::per_second(20.0))
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let answers = all(client.read_many_iter(queries(&client, 10_000))).await;
    assert!(answers.iter().all(|answer| answer.result.is_ok()));
    let least = 10_000.0 / 20.0;
    let took = start.elapsed().as_secs_f64();
    assert!(took <= least * 1.02, "{took} s instead of {least} s");
    let calls = script.calls();
    let least_gap = calls
        .windows(21)
        .map(|window| window[20].at - window[0].at)
        .min()
        .unwrap();
    assert!(
        least_gap >= Duration::from_secs(1),
        "21 calls within {least_gap:?}"
    );
}

/// Without a rate limit and with 50 ms a call, it takes no more than 5 % longer than the concurrency allows.
#[tokio::test(start_paused = true)]
async fn a_run_takes_as_long_as_the_concurrency_allows() {
    for (count, at_once) in [(2_000, 32), (2_000, 7), (10, 1)] {
        for in_order in [false, true] {
            let script =
                Script::new().otherwise(|_| Reply::page(["a"]).delay(Duration::from_millis(50)));
            let client = script.client().unwrap();
            let many = client
                .read_many_iter(queries(&client, count))
                .concurrency(at_once);
            let start = tokio::time::Instant::now();
            all(if in_order { many.in_order() } else { many }).await;
            let least = Duration::from_millis(50) * u32::try_from(count.div_ceil(at_once)).unwrap();
            assert!(
                start.elapsed() <= least.mul_f64(1.05),
                "{:?} instead of {least:?}",
                start.elapsed()
            );
        }
    }
}

/// Handling answers slowly, and asking other things meanwhile, does not hold up what is under way.
#[tokio::test(start_paused = true)]
async fn the_loop_around_it_may_use_the_client() {
    let script = one_reader_each();
    let client = script
        .builder()
        .unwrap()
        .rate_limit(RateLimit::per_second(2.0))
        .concurrency(2)
        .build()
        .unwrap();
    let mut many = client.read_many_iter(queries(&client, 10)).concurrency(8);
    let mut count = 0;
    while let Some(answer) = many.next().await {
        answer.result.unwrap();
        ask(&client, "something else").send().await.unwrap();
        count += 1;
    }
    assert_eq!(count, 10);
}

/// The same where somebody runs the calls by other means, and polls them only between two of their own.
#[tokio::test(start_paused = true)]
async fn calls_that_are_not_polled_hold_up_nobody() {
    let script = one_reader_each();
    let client = script
        .builder()
        .unwrap()
        .rate_limit(RateLimit::per_second(2.0))
        .concurrency(2)
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let calls = queries(&client, 10).into_iter().map(ReadStatus::send);
    let mut pages = futures_util::stream::iter(calls).buffer_unordered(4);
    while let Some(page) = pages.next().await {
        page.unwrap();
        ask(&client, "something else").send().await.unwrap();
    }
    assert!(
        start.elapsed() <= Duration::from_secs(11),
        "{:?}",
        start.elapsed()
    );
}

/// Queries may come slowly, from anywhere; those that are there do not wait for those that are not.
#[tokio::test(start_paused = true)]
async fn queries_may_come_one_at_a_time() {
    let script = one_reader_each();
    let client = script.client().unwrap();
    let queries =
        futures_util::stream::unfold(queries(&client, 5).into_iter(), async |mut rest| {
            tokio::time::sleep(Duration::from_secs(1)).await;
            rest.next().map(|query| (query, rest))
        });
    let mut many = client.read_many(queries);
    let start = tokio::time::Instant::now();
    for number in 1..=5 {
        many.next().await.unwrap().result.unwrap();
        assert_eq!(start.elapsed().as_secs(), number);
    }
    assert!(many.next().await.is_none());
    assert!(many.is_terminated());
}
