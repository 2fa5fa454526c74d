//! The client's own limiter, against a server that counts any second.

use std::time::Duration;

use super::*;

/// The most calls in any second (half open), and how many calls in all, of `busy` callers for `seconds`.
async fn load(bench: &Bench, busy: usize, seconds: u64) -> (usize, usize) {
    let calls = (0..busy).map(|_| async {
        loop {
            let _ = bench.call().await;
        }
    });
    let all = futures_util::future::join_all(calls);
    let _ = tokio::time::timeout(Duration::from_secs(seconds), all).await;
    let times = bench.times();
    let most = times
        .iter()
        .map(|start| {
            times
                .iter()
                .filter(|time| (*start..start + 1000).contains(*time))
                .count()
        })
        .max()
        .unwrap_or(0);
    (most, times.len())
}

#[tokio::test(start_paused = true)]
async fn a_busy_client_uses_the_rate_limit_and_never_exceeds_it() {
    for busy in [1, 2, 7] {
        let bench = Bench::new([ok()]).rate_limit(RateLimit::default());
        let (most, all) = load(&bench, busy, 30).await;
        assert!(most <= 20, "{most} calls in one second");
        assert!(all * 100 >= 600 * 98, "{all} of 600 calls");
    }
}

#[tokio::test(start_paused = true)]
async fn slow_answers_do_not_lower_the_rate_while_there_are_permits() {
    let slow = Step::Answer {
        after: Duration::from_millis(90),
        status: 200,
        body: "",
        retry_after: None,
    };
    let bench = Bench::new([slow]).rate_limit(RateLimit::default());
    let (most, all) = load(&bench, 5, 30).await;
    assert!(
        most <= 20 && all * 100 >= 600 * 98,
        "{most} at most, {all} in all"
    );
}

#[tokio::test(start_paused = true)]
async fn throttling_slows_the_client_down_and_it_recovers() {
    let throttled = answer(403, r#"{"code":"Forbidden.AccessDenied.QpsLimitForApi"}"#);
    let mut bench = Bench::new([throttled, ok()]).rate_limit(RateLimit::per_second(20.0));
    bench.retry = RetryPolicy::never();
    let _ = load(&bench, 1, 60).await;
    let times = bench.times();
    let between = |from: u128, to: u128| {
        times
            .iter()
            .filter(|time| (from..to).contains(*time))
            .count()
    };
    assert_eq!(
        between(0, 1000),
        1,
        "nothing for a second after the refusal"
    );
    assert!(
        (8..=12).contains(&between(1000, 2000)),
        "half the rate, was {}",
        between(1000, 2000)
    );
    assert!(
        between(20_000, 21_000) >= 19,
        "the whole rate again, was {}",
        between(20_000, 21_000)
    );
}

#[tokio::test(start_paused = true)]
async fn callers_are_served_in_the_order_in_which_they_came() {
    let bench = Bench::new([ok()]).rate_limit(RateLimit::per_second(10.0));
    let order = Mutex::new(Vec::new());
    let calls = (0..20).map(|number| {
        let (bench, order) = (&bench, &order);
        async move {
            bench.call().await.unwrap();
            order.lock().unwrap().push(number);
        }
    });
    // Permits would let only two in at once, in order; the rate limit alone has to keep it here.
    futures_util::future::join_all(calls).await;
    assert_eq!(*order.lock().unwrap(), (0..20).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn without_a_rate_limit_nothing_waits() {
    let bench = Bench::new([ok()]).rate_limit(RateLimit::unlimited());
    for _ in 0..1000 {
        bench.call().await.unwrap();
    }
    assert!(bench.times().iter().all(|time| *time == 0));
}

#[tokio::test(start_paused = true)]
async fn a_hint_without_measure_holds_the_rate_limit_for_a_minute() {
    let throttled = Step::Answer {
        after: Duration::ZERO,
        status: 403,
        body: r#"{"code":"Forbidden.AccessDenied.QpsLimitForApi"}"#,
        retry_after: Some("99999999999999999999"),
    };
    let mut bench = Bench::new([throttled, ok()]).rate_limit(RateLimit::default());
    bench.limits.call = Duration::from_secs(300);
    bench.call().await.unwrap();
    assert_eq!(bench.times(), [0, 60_000]);
}
