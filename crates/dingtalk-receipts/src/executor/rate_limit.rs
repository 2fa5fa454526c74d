//! The client's own limiter: a client that keeps below the documented limit is not throttled at all.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota as Cells, RateLimiter};

use crate::clock::Clock;

/// A call takes this many of the limiter's cells, and one more may be saved up: so a call that a timer woke a little
/// late does not push back all that follow, while no second ever sees more calls than the rate limit.
const CELLS_PER_CALL: NonZeroU32 = NonZeroU32::new(20).unwrap();
const CELLS_AT_ONCE: NonZeroU32 = NonZeroU32::new(21).unwrap();

/// The share of the rate limit that is used. The rest absorbs what the network adds to the time between two calls: at
/// 20 calls a second, some 12 ms.
const USED: f64 = 0.986;

/// How far throttling slows the client down at most.
const SLOWEST: f64 = 1.0 / 16.0;

/// How much of the full rate comes back in each second without throttling.
const RECOVERY_PER_SECOND: f64 = 0.1;

/// How many calls a client makes in a second at most.
///
/// DingTalk allows 20 calls a second for each app and API on its standard plan, and up to 60 with an add-on
/// (KB 1431). All clients and processes of one app share that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateLimit {
    per_second: Option<f64>,
}

impl Default for RateLimit {
    /// 20 calls a second, the documented limit.
    fn default() -> Self {
        Self {
            per_second: Some(20.0),
        }
    }
}

impl RateLimit {
    /// `calls` calls a second, evenly spaced; fractions are allowed: 0.5 is a call every two seconds. What is not a
    /// positive number below a million counts as the nearest one.
    pub fn per_second(calls: f64) -> Self {
        let calls = if calls.is_nan() { 20.0 } else { calls };
        Self {
            per_second: Some(calls.clamp(0.001, 1e6)),
        }
    }

    /// No limit on this side.
    pub fn unlimited() -> Self {
        Self { per_second: None }
    }

    /// The calls a second, if they are limited.
    pub fn rate(&self) -> Option<f64> {
        self.per_second
    }
}

/// The limiter that all clones of a client share. Callers are served in the order in which they came.
#[derive(Debug)]
pub(crate) struct Limiter {
    clock: Arc<dyn Clock>,
    full_rate: Option<f64>,
    /// Held by the caller whose turn it is while it waits.
    turn: tokio::sync::Mutex<()>,
    state: Mutex<LimiterState>,
}

#[derive(Debug)]
struct LimiterState {
    gate: Gate,
    /// The share of the full rate that is in use, from [`SLOWEST`] to 1.
    share: f64,
    /// No call before this instant.
    hold: Option<Instant>,
    /// When the share was last changed.
    changed: Instant,
}

/// The rate limit would let the call go only after its deadline.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLate;

impl Limiter {
    pub(crate) fn new(rate_limit: RateLimit, clock: Arc<dyn Clock>) -> Self {
        let now = clock.now();
        let gate = Gate::new(rate_limit.per_second.unwrap_or(1.0), now);
        let state = LimiterState {
            gate,
            share: 1.0,
            hold: None,
            changed: now,
        };
        Self {
            clock,
            full_rate: rate_limit.per_second,
            turn: tokio::sync::Mutex::default(),
            state: Mutex::new(state),
        }
    }

    /// Waits for this call's turn, and gives up at once if that would come after `deadline`.
    pub(crate) async fn ready(&self, deadline: Instant) -> Result<(), TooLate> {
        if self.full_rate.is_none() && self.lock().hold.is_none() {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        loop {
            let now = self.clock.now();
            let Some(wait) = self.wait(now) else {
                return Ok(());
            };
            if now + wait > deadline {
                return Err(TooLate);
            }
            self.clock.sleep(wait).await;
        }
    }

    /// How long the next call has to wait; `None` if it may go, and then it has gone.
    fn wait(&self, now: Instant) -> Option<Duration> {
        let mut state = self.lock();
        if let Some(hold) = state.hold {
            if hold > now {
                return Some(hold - now);
            }
            state.hold = None;
        }
        let full_rate = self.full_rate?;
        state.recover(full_rate, now);
        state.gate.take(now)
    }

    /// The server refused a call because there were too many: nothing for `pause`, then half as many as before.
    pub(crate) fn throttled(&self, pause: Duration) {
        let now = self.clock.now();
        let mut state = self.lock();
        // Calls that were under way together are refused together; that is one reason to slow down, not several.
        if state.hold.is_some_and(|hold| hold > now) {
            return;
        }
        let until = now + pause.clamp(Duration::from_secs(1), Duration::from_secs(60));
        state.hold = Some(until);
        if let Some(full_rate) = self.full_rate {
            let share = (state.share / 2.0).max(SLOWEST);
            state.set_share(share, full_rate, until);
        }
    }

    fn lock(&self) -> MutexGuard<'_, LimiterState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LimiterState {
    fn recover(&mut self, full_rate: f64, now: Instant) {
        let seconds = now.saturating_duration_since(self.changed).as_secs();
        if self.share < 1.0 && seconds > 0 {
            let share = (self.share + RECOVERY_PER_SECOND * seconds as f64).min(1.0);
            self.set_share(share, full_rate, now);
        }
    }

    fn set_share(&mut self, share: f64, full_rate: f64, now: Instant) {
        self.share = share;
        self.changed = now;
        self.gate = Gate::new(full_rate * share, now);
    }
}

/// `governor`'s limiter on our clock.
#[derive(Debug)]
struct Gate {
    start: Instant,
    limiter: RateLimiter<NotKeyed, InMemoryState, Since, NoOpMiddleware<Duration>>,
}

impl Gate {
    fn new(calls_per_second: f64, start: Instant) -> Self {
        let cell = 1.0 / (calls_per_second * USED * f64::from(CELLS_PER_CALL.get()));
        let cell = Duration::from_secs_f64(cell.clamp(1e-9, 1e6));
        let cells = Cells::with_period(cell)
            .unwrap_or(Cells::per_second(CELLS_AT_ONCE))
            .allow_burst(CELLS_AT_ONCE);
        let clock = Since::default();
        Self {
            start,
            limiter: RateLimiter::direct_with_clock(cells, clock),
        }
    }

    fn take(&self, now: Instant) -> Option<Duration> {
        let since = now.saturating_duration_since(self.start);
        self.limiter.clock().set(since);
        match self.limiter.check_n(CELLS_PER_CALL) {
            Ok(Ok(())) => None,
            Ok(Err(not_until)) => Some(not_until.wait_time_from(since)),
            // More cells than fit: cannot be, CELLS_PER_CALL is the smaller number.
            Err(_) => None,
        }
    }
}

/// The time that the gate was last asked at. Only read and written under the state's lock.
#[derive(Debug, Default)]
struct Since(Mutex<Duration>);

impl Since {
    fn set(&self, since: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }
}

impl Clone for Since {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.now()))
    }
}

impl GovernorClock for Since {
    type Instant = Duration;

    fn now(&self) -> Duration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
