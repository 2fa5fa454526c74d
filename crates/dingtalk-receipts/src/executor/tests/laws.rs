//! What holds for any policy and any run of failures.

use std::time::Duration;

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn a_pause_lies_between_nothing_and_its_longest(
        base in 0..10_000u64, most in 0..100_000u64, attempts in 1..64u32,
    ) {
        let backoff = Backoff::exponential(Duration::from_millis(base), Duration::from_millis(most));
        let longest = backoff.longest(attempts);
        prop_assert!(longest <= Duration::from_millis(most));
        prop_assert!(backoff.delay(attempts) <= longest);
        prop_assert!(backoff.longest(attempts + 1) >= longest);
    }

    #[test]
    fn no_call_goes_beyond_its_policy(
        failures in prop::collection::vec(prop::sample::select(vec![200u16, 400, 403, 429, 500, 502, 503, 504]), 1..12),
        most in 1..8u32,
        limit in 1..20_000u64,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let _guard = runtime.enter();
        let mut bench = Bench::new(failures.iter().map(|status| answer(*status, "")));
        bench.retry = RetryPolicy::default().attempts(most);
        bench.limits.call = Duration::from_millis(limit);
        let started = TokioClock.now();
        let result = runtime.block_on(bench.call());
        let elapsed = TokioClock.now() - started;
        let sent = bench.times().len();
        prop_assert!(sent >= 1 && sent <= most as usize, "{sent} attempts of {most}");
        prop_assert!(elapsed <= Duration::from_millis(limit), "{elapsed:?} of {limit} ms");
        // It ends at the first answer that is a success or that no repetition can change.
        let last = failures[(sent - 1).min(failures.len() - 1)];
        prop_assert_eq!(result.is_ok(), last == 200);
        for status in failures.iter().take(sent - 1) {
            prop_assert!(matches!(status, 429 | 500..), "{status} was tried again");
        }
        if let Err(error) = result {
            prop_assert_eq!(error.attempts() as usize, sent);
            prop_assert_eq!(error.elapsed(), elapsed);
        }
    }

    #[test]
    fn what_is_not_idempotent_is_repeated_only_after_a_refusal(
        steps in prop::collection::vec(prop::sample::select(vec![
            (200u16, ""), (400, ""), (403, r#"{"code":"Forbidden.AccessDenied.QpsLimitForApi"}"#), (429, ""),
            (429, "<html>"), (500, r#"{"code":"system.error"}"#), (502, "<html>"), (503, ""), (504, ""), (0, ""),
        ]), 1..8),
        rule in prop::option::of(any::<bool>()),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let _guard = runtime.enter();
        let mut bench = Bench::new(steps.iter().map(|(status, body)| match status {
            0 => Step::Hang,
            status => answer(*status, body),
        }));
        bench.operation = Fetch(Idempotency::NotIdempotent);
        // Not even the user's own rules repeat it.
        bench.retry = RetryPolicy::default().rule(move |_| rule);
        let _ = runtime.block_on(bench.call());
        let sent = bench.times().len();
        for (status, body) in steps.iter().take(sent - 1) {
            prop_assert!(matches!((status, *body), (403, _) | (429, "")), "{status} {body} was sent again");
        }
    }
}
