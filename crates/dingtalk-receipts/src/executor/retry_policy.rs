//! Retry policy: when to try again, and after which delay.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::backoff::Backoff;
use crate::error::{Advice, Error, Kind};

/// Throttling is counted by the second, so less than a second does not help.
const THROTTLED_AT_LEAST: Duration = Duration::from_secs(1);

type Rule = Arc<dyn Fn(&Error) -> Option<bool> + Send + Sync>;

/// When a call that failed is tried again: a value, put together from limits, a [`Backoff`] and rules.
///
/// The default makes up to 5 attempts, as the contract's catalog advises for each error code: throttling (HTTP 403
/// with a `QpsLimit` or `QpmLimit` code) after at least a second, failures of the server, broken connections and
/// timeouts after a delay with full jitter; permission errors, the monthly quota and wrong arguments never.
///
/// ```
/// use dingtalk_receipts::{Backoff, RetryPolicy};
/// use std::time::Duration;
///
/// let patient = RetryPolicy::default()
///     .attempts(10)
///     .backoff(Backoff::exponential(Duration::from_millis(500), Duration::from_secs(30)))
///     .rule(|error| error.is_connect().then_some(false)); // a wrong address does not get right
/// # let _ = patient;
/// ```
#[derive(Clone)]
pub struct RetryPolicy {
    attempts: u32,
    time: Option<Duration>,
    backoff: Backoff,
    hint_cap: Duration,
    rules: Vec<Rule>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            time: None,
            backoff: Backoff::default(),
            hint_cap: Duration::from_secs(60),
            rules: Vec::new(),
        }
    }
}

impl RetryPolicy {
    /// One attempt, whatever happens. A rejected access token is still renewed once.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// At most this many attempts, the first included; 0 counts as 1.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// No attempt starts later than this after the first. The call's own time limit holds in any case.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time = Some(limit);
        self
    }

    /// The delays between attempts.
    #[must_use]
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// How much of a server's `Retry-After` is honoured at most. Defaults to 60 s.
    #[must_use]
    pub fn retry_after_cap(mut self, cap: Duration) -> Self {
        self.hint_cap = cap;
        self
    }

    /// Adds a rule that is asked before the catalog: `Some(true)` tries again, `Some(false)` does not, `None`
    /// leaves the decision to the rules added before and in the end to the catalog.
    #[must_use]
    pub fn rule(mut self, rule: impl Fn(&Error) -> Option<bool> + Send + Sync + 'static) -> Self {
        self.rules.push(Arc::new(rule));
        self
    }

    /// Whether another attempt may help after `error`.
    pub(crate) fn may_help(&self, error: &Error) -> bool {
        if matches!(error.details().kind, Kind::Argument | Kind::Configuration) {
            return false;
        }
        let ruled = self.rules.iter().rev().find_map(|rule| rule(error));
        ruled.unwrap_or_else(|| matches!(error.advice(), Advice::Backoff | Advice::Throttle))
    }

    pub(crate) fn max_attempts(&self) -> u32 {
        self.attempts
    }

    pub(crate) fn max_time(&self) -> Option<Duration> {
        self.time
    }

    /// How long to wait after `attempts` attempts, the last of which ended in `error`: the longer of the delay and
    /// the server's hint.
    pub(crate) fn delay(&self, attempts: u32, error: &Error) -> Duration {
        let mut delay = self.backoff.delay(attempts);
        if error.advice() == Advice::Throttle {
            delay = delay.saturating_add(THROTTLED_AT_LEAST);
        }
        delay.max(error.retry_after().unwrap_or_default().min(self.hint_cap))
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("attempts", &self.attempts)
            .field("time_limit", &self.time)
            .field("backoff", &self.backoff)
            .field("retry_after_cap", &self.hint_cap)
            .field("rules", &self.rules.len())
            .finish()
    }
}
