//! Limits of time, and what a dropped call leaves behind: nothing.

use std::time::Duration;

use super::*;
use crate::error::Phase;

#[tokio::test(start_paused = true)]
async fn each_attempt_has_its_limit_and_the_call_has_one_over_all() {
    let bench = Bench::new([Step::Hang]);
    let error = bench.call().await.unwrap_err();
    // 10 s an attempt, pauses of 200, 400, 800 and 1,600 ms between: the fifth ends at 53 s.
    assert_eq!(bench.times(), [0, 10_200, 20_600, 31_400, 43_000]);
    assert_eq!(error.timeout_phase(), Some(Phase::Head));
    assert_eq!(error.elapsed(), Duration::from_secs(53));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_is_cut_short_by_the_calls_own_limit() {
    let mut bench = Bench::new([Step::Hang]);
    bench.limits.call = Duration::from_secs(15);
    let error = bench.call().await.unwrap_err();
    assert_eq!(bench.times(), [0, 10_200]);
    assert_eq!(error.elapsed(), Duration::from_secs(15));
    assert!(error.is_timeout());
}

#[tokio::test(start_paused = true)]
async fn no_pause_outlasts_the_deadline() {
    let mut bench = Bench::new([unavailable()]);
    bench.limits.call = Duration::from_secs(1);
    let error = bench.call().await.unwrap_err();
    assert_eq!(bench.times(), [0, 200, 600]);
    assert_eq!(
        error.elapsed(),
        Duration::from_millis(600),
        "it does not wait for what cannot help"
    );
    assert!(error.is_timeout());
    assert_eq!(error.status(), Some(503), "the cause is kept");
}

#[tokio::test(start_paused = true)]
async fn waiting_for_rate_limit_counts_against_the_deadline() {
    let mut bench = Bench::new([ok()]).rate_limit(RateLimit::per_second(0.1));
    bench.limits.call = Duration::from_secs(5);
    bench.call().await.unwrap();
    let error = bench.call().await.unwrap_err();
    assert_eq!(error.timeout_phase(), Some(Phase::RateLimit));
    assert_eq!(
        (error.attempts(), error.elapsed()),
        (0, Duration::ZERO),
        "the wait is known beforehand"
    );
    assert_eq!(bench.times(), [0]);
}

#[tokio::test(start_paused = true)]
async fn no_more_requests_are_under_way_than_there_are_permits() {
    let mut bench = Bench::new([Step::Hang]);
    bench.retry = RetryPolicy::never();
    let calls = tokio::join!(bench.call(), bench.call(), bench.call());
    assert!(calls.2.unwrap_err().is_timeout());
    assert_eq!(
        bench.times(),
        [0, 0, 10_000],
        "the third waits for a permit"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_anywhere_gives_its_permit_back() {
    let delayed = |status| Step::Answer {
        after: Duration::from_millis(50),
        status,
        body: "",
        retry_after: None,
    };
    // 7 ms apart: in the request, in the pause, in the wait for the rate limit, in the second request.
    for stop in (0..700).step_by(7) {
        let bench =
            Bench::new([delayed(503), delayed(503), ok()]).rate_limit(RateLimit::per_second(4.0));
        let _ = tokio::time::timeout(Duration::from_millis(stop), bench.call()).await;
        assert_eq!(bench.permits(), 2, "dropped after {stop} ms");
        bench.call().await.unwrap();
    }
}
