//! How long to wait between attempts.

use std::time::Duration;

/// A pause that grows with each attempt up to a most, and the jitter that spreads it.
///
/// The default starts at 200 ms, doubles, and ends at 10 s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    base: Duration,
    most: Duration,
    jitter: Jitter,
}

/// How pauses are spread, so that many clients which failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Jitter {
    /// Anything from nothing to the whole pause. The default.
    #[default]
    Full,
    /// The whole pause, always.
    None,
}

impl Default for Backoff {
    fn default() -> Self {
        Self::exponential(Duration::from_millis(200), Duration::from_secs(10))
    }
}

impl Backoff {
    /// `base` before the second attempt, twice that before the third, and so on, at most `most`.
    pub fn exponential(base: Duration, most: Duration) -> Self {
        Self {
            base,
            most,
            jitter: Jitter::Full,
        }
    }

    /// Spreads the pauses in another way.
    #[must_use]
    pub fn jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// The longest pause after `attempts` attempts (from 1), before jitter. Never overflows.
    pub fn longest(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(31);
        self.base.saturating_mul(1 << doublings).min(self.most)
    }

    /// The pause after `attempts` attempts (from 1).
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
    fn pauses_double_up_to_the_most() {
        let backoff = Backoff::exponential(Duration::from_millis(100), Duration::from_secs(1));
        let pauses: Vec<u128> = (1..7)
            .map(|attempt| backoff.longest(attempt).as_millis())
            .collect();
        assert_eq!(pauses, [100, 200, 400, 800, 1000, 1000]);
        assert_eq!(backoff.longest(u32::MAX), Duration::from_secs(1));
    }

    #[test]
    fn no_length_overflows() {
        let backoff = Backoff::exponential(Duration::MAX, Duration::MAX);
        assert_eq!(backoff.longest(u32::MAX), Duration::MAX);
        backoff.delay(3);
    }
}
