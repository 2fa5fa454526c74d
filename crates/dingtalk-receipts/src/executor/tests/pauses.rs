//! How long the loop waits between attempts.

use std::time::Duration;

use super::*;
use crate::error::Sent;

const THROTTLED: &str = r#"{"code":"Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"}"#;

fn hinted(status: u16, hint: &'static str) -> Step {
    Step::Answer {
        after: Duration::ZERO,
        status,
        body: "",
        retry_after: Some(hint),
    }
}

#[tokio::test(start_paused = true)]
async fn pauses_double_and_the_last_error_is_kept() {
    let bench = Bench::new([unavailable()]);
    let error = bench.call().await.unwrap_err();
    assert_eq!(bench.times(), [0, 200, 600, 1400, 3000]);
    assert_eq!((error.attempts(), error.status()), (5, Some(503)));
    assert_eq!(error.elapsed(), Duration::from_millis(3000));
    assert_eq!(error.was_sent(), Sent::Yes);
    assert!(!error.is_timeout());
}

#[tokio::test(start_paused = true)]
async fn success_ends_the_loop() {
    let bench = Bench::new([unavailable(), unavailable(), ok()]);
    assert_eq!(bench.call().await.unwrap(), "fine");
    assert_eq!(bench.times(), [0, 200, 600]);
}

#[tokio::test(start_paused = true)]
async fn throttling_waits_a_second_at_least() {
    let bench = Bench::new([answer(403, THROTTLED), ok()]);
    bench.call().await.unwrap();
    assert_eq!(bench.times(), [0, 1200]);
}

#[tokio::test(start_paused = true)]
async fn a_hint_lengthens_the_pause_and_never_shortens_it() {
    for (hint, second) in [
        ("0", 200),
        ("5", 5000),
        ("-5", 200),
        ("soon", 200),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 200),
    ] {
        let bench = Bench::new([hinted(503, hint), ok()]);
        bench.call().await.unwrap();
        assert_eq!(bench.times(), [0, second], "{hint}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_hint_is_honoured_up_to_its_cap() {
    let mut bench = Bench::new([hinted(503, "1000000000000"), ok()]);
    bench.retry = bench.retry.retry_after_cap(Duration::from_secs(7));
    bench.call().await.unwrap();
    assert_eq!(bench.times(), [0, 7000]);
}

#[tokio::test(start_paused = true)]
async fn a_hint_beyond_the_deadline_ends_the_call_at_once() {
    let mut bench = Bench::new([hinted(503, "120")]);
    bench.retry = bench.retry.retry_after_cap(Duration::from_secs(300));
    let error = bench.call().await.unwrap_err();
    assert_eq!(bench.times(), [0]);
    assert_eq!(error.elapsed(), Duration::ZERO);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    assert!(
        error.is_timeout() && error.status() == Some(503),
        "{error:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_policys_own_time_limit_ends_the_retries() {
    let mut bench = Bench::new([unavailable()]);
    bench.retry = bench.retry.time_limit(Duration::from_secs(1));
    bench.call().await.unwrap_err();
    assert_eq!(bench.times(), [0, 200, 600]);
}

#[tokio::test(start_paused = true)]
async fn an_outage_drains_the_budget_that_clones_share_and_success_refills_it() {
    let bench = Bench::new([unavailable()]);
    let mut calls = 0;
    while bench.call().await.unwrap_err().attempts() == 5 {
        calls += 1;
    }
    assert_eq!(calls, 25, "100 retries at 4 a call");
    assert_eq!(bench.call().await.unwrap_err().attempts(), 1);
    for _ in 0..5 {
        bench.executor.retry_budget.succeeded(0);
    }
    let error = bench.call().await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert!(error.to_string().contains("retry budget"), "{error}");
}
