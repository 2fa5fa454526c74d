//! Exponential backoff with jitter between attempts.

use std::time::Duration;

/// A delay that grows with each attempt up to a maximum, and the jitter that spreads it.
///
/// The default starts at 200 ms, doubles, and ends at 10 s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    base: Duration,
    max: Duration,
    jitter: Jitter,
}

/// How delays are spread, so that many clients which failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Jitter {
    /// Anything from nothing to the whole delay. The default.
    #[default]
    Full,
    /// The whole delay, always.
    None,
}

impl Default for Backoff {
    fn default() -> Self {
        Self::exponential(Duration::from_millis(200), Duration::from_secs(10))
    }
}

impl Backoff {
    /// `base` before the second attempt, twice that before the third, and so on, at most `max`.
    pub fn exponential(base: Duration, max: Duration) -> Self {
        Self {
            base,
            max,
            jitter: Jitter::Full,
        }
    }

    /// Spreads the delays in another way.
    #[must_use]
    pub fn jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// The longest delay after `attempts` attempts (from 1), before jitter. Never overflows.
    pub fn longest(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(31);
        self.base.saturating_mul(1 << doublings).min(self.max)
    }

    /// The delay after `attempts` attempts (from 1).
    pub(crate) fn delay(&self, attempts: u32) -> Duration {
        let longest = self.longest(attempts);
        match self.jitter {
            Jitter::None => longest,
            Jitter::Full => longest.mul_f64(fastrand::f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_maximum() {
        let backoff = Backoff::exponential(Duration::from_millis(100), Duration::from_secs(1));
        let delays: Vec<u128> = (1..7)
            .map(|attempt| backoff.longest(attempt).as_millis())
            .collect();
        assert_eq!(delays, [100, 200, 400, 800, 1000, 1000]);
        assert_eq!(backoff.longest(u32::MAX), Duration::from_secs(1));
    }

    #[test]
    fn no_length_overflows() {
        let backoff = Backoff::exponential(Duration::MAX, Duration::MAX);
        assert_eq!(backoff.longest(u32::MAX), Duration::MAX);
        backoff.delay(3);
    }
}
