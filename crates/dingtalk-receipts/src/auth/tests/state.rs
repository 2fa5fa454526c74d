//! Laws of the state, over any lifetimes and any order of events.

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::access_token::AccessToken;
use crate::auth::issued::Issued;
use crate::auth::issued::{MAX_LIFETIME, announced};
use crate::auth::state::{CachedToken, TokenState};
use crate::error::{Advice, Error, Kind};

fn grant(text: &str, lifetime: Duration) -> Issued {
    Issued::new(AccessToken::new(text).unwrap(), lifetime)
}

fn failure(advice: Advice) -> Arc<Error> {
    Arc::new(Error::new(Kind::Refused, "refused").with(|details| details.advice = advice))
}

fn is_served(token_state: &TokenState) -> bool {
    matches!(token_state, TokenState::Fresh(_) | TokenState::Early(_))
}

/// What an answer may have for a lifetime.
fn expiry() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        (-10i64..100_000).prop_map(|number| number.to_string()),
        any::<f64>()
            .prop_filter("JSON has no others", |number| number.is_finite())
            .prop_map(|number| format!("{number:e}")),
        any::<i64>().prop_map(|number| format!("\"{number}\"")),
        "[a-zA-Z0-9 .+-]{0,12}".prop_map(|text| format!("\"{text}\"")),
        Just("null".to_owned()),
        Just("[1]".to_owned()),
    ]
}

proptest! {
    /// Whatever is announced, a token is served for at least eleven twelfths of a second and at most a day, and each
    /// fetch is followed by such a time without another.
    #[test]
    fn any_expiry_gives_a_sane_life(json in expiry()) {
        let raw = serde_json::value::RawValue::from_string(json).unwrap();
        let lifetime = announced(Some(&raw));
        prop_assert!(lifetime >= Duration::from_secs(1) && lifetime <= MAX_LIFETIME);
        let now = Instant::now();
        let mut state = CachedToken::default();
        state.renewed(grant("t", lifetime), now);
        prop_assert!(state.fresh(now + Duration::from_millis(900)).is_some());
        prop_assert!(is_served(&state.token_state(now + lifetime - Duration::from_nanos(1))));
        prop_assert!(matches!(state.token_state(now + lifetime), TokenState::Missing));
    }

    /// A renewal that fails in the early window leaves the token in service until its end, and puts off the next try,
    /// though not beyond the end.
    #[test]
    fn an_early_failure_is_not_seen(
        lifetime in 1u64..100_000,
        share in 0.92f64..0.999,
        failures in 1usize..20,
        spread in 0.0f64..=1.0,
        terminal in any::<bool>(),
    ) {
        let lifetime = Duration::from_secs(lifetime);
        let start = Instant::now();
        let mut now = start + lifetime.mul_f64(share);
        let mut state = CachedToken::default();
        state.renewed(grant("t", lifetime), start);
        let error = failure(if terminal { Advice::Never } else { Advice::Backoff });
        for _ in 0..failures {
            state.failed(&error, now, spread);
            prop_assert!(is_served(&state.token_state(now)));
            let next = now + Duration::from_millis(999);
            let fresh = matches!(state.token_state(next), TokenState::Fresh(_));
            prop_assert!(fresh || next >= start + lifetime || matches!(state.token_state(next), TokenState::Early(_)));
            now = now.max(start + lifetime - Duration::from_nanos(1)).min(now + Duration::from_secs(1));
            if now >= start + lifetime { break; }
        }
        prop_assert!(!is_served(&state.token_state(start + lifetime)));
        // What was put off is forgotten at the end: a call then asks at once.
        prop_assert!(matches!(state.token_state(start + lifetime), TokenState::Missing));
    }

    /// Without a token a terminal failure is remembered for 1 to 5 seconds, however often it comes.
    #[test]
    fn a_terminal_failure_is_remembered_for_seconds(failures in 1usize..50, spread in 0.0f64..=1.0) {
        let mut now = Instant::now();
        let mut state = CachedToken::default();
        for _ in 0..failures {
            state.failed(&failure(Advice::Never), now, spread);
            prop_assert!(matches!(state.token_state(now + Duration::from_millis(999)), TokenState::Failed(_)));
            prop_assert!(matches!(state.token_state(now + Duration::from_secs(5)), TokenState::Missing));
            now += Duration::from_secs(5);
        }
    }

    /// A passing failure is not remembered at first, and never for more than 5 seconds.
    #[test]
    fn passing_failures_are_spaced(failures in 1usize..50, spread in 0.0f64..=1.0) {
        let mut now = Instant::now();
        let mut state = CachedToken::default();
        for failed in 0..failures {
            state.failed(&failure(Advice::Backoff), now, spread);
            prop_assert_eq!(failed == 0, matches!(state.token_state(now), TokenState::Missing));
            prop_assert!(matches!(state.token_state(now + Duration::from_secs(5)), TokenState::Missing));
            now += Duration::from_secs(5);
        }
    }

    /// A hint of the server is honoured up to a minute.
    #[test]
    fn a_hint_is_honoured_within_bounds(seconds in any::<u64>(), spread in 0.0f64..=1.0) {
        let hint = Duration::from_secs(seconds);
        let error = Error::new(Kind::Refused, "refused").with(|details| {
            details.advice = Advice::Throttle;
            details.retry_after = Some(hint);
        });
        let now = Instant::now();
        let mut state = CachedToken::default();
        state.failed(&Arc::new(error), now, spread);
        let honoured = hint.min(Duration::from_secs(59));
        prop_assert!(matches!(state.token_state(now + honoured.saturating_sub(Duration::from_millis(1))), TokenState::Failed(_)));
        prop_assert!(matches!(state.token_state(now + Duration::from_secs(60)), TokenState::Missing));
    }
}

#[test]
fn only_those_who_waited_share_a_passing_failure() {
    let now = Instant::now();
    let mut state = CachedToken::default();
    let before = state.renewals();
    state.failed(&failure(Advice::Backoff), now, 0.5);
    assert!(matches!(
        state.token_state_since(before, now),
        TokenState::Failed(_)
    ));
    let after = state.renewals();
    assert!(matches!(
        state.token_state_since(after, now),
        TokenState::Missing
    ));
}

#[test]
fn a_found_token_counts_only_if_it_is_newer_and_not_rejected() {
    let now = Instant::now();
    let hour = Duration::from_secs(3_600);
    let mut state = CachedToken::default();
    state.renewed(grant("held", hour), now);
    state.found(grant("older", hour / 2), now);
    assert_eq!(state.fresh(now).unwrap().expose(), "held");
    state.found(grant("newer", 2 * hour), now);
    assert_eq!(state.fresh(now).unwrap().expose(), "newer");

    let rejected = state.fresh(now).unwrap().clone();
    assert!(state.reject(&rejected, now));
    state.found(grant("newer", 2 * hour), now);
    assert!(state.fresh(now).is_none());
    state.found(grant("newest", hour), now);
    assert_eq!(state.fresh(now).unwrap().expose(), "newest");
}
