//! When to poll, and the maximum number of polls: arithmetic, without a clock.

use std::time::Duration;

/// A tenth of the 5,000 calls that an organisation on the standard plan has in a month (KB 1431).
pub(crate) const CALLS: u64 = 500;

/// How many times the interval a pause grows to at most, unless said otherwise.
const EASED: u32 = 16;

/// The limits of a watch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) interval: Duration,
    pub(crate) longest: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) calls: u64,
}

impl Plan {
    pub(crate) fn new(interval: Duration) -> Self {
        Self {
            interval,
            longest: None,
            deadline: None,
            calls: CALLS,
        }
    }

    /// The pause after `quiet` polls in a row that showed nothing new: twice as long after each, up to the longest.
    pub(crate) fn pause(&self, quiet: u32) -> Duration {
        let longest = self
            .longest
            .unwrap_or(self.interval.saturating_mul(EASED))
            .max(self.interval);
        self.interval
            .saturating_mul(1 << quiet.min(31))
            .min(longest)
    }

    /// How many calls are made at most, where a poll asks for up to `pages` pages with up to `attempts` attempts each.
    pub(crate) fn calls_at_most(&self, pages: Option<u64>, attempts: u32) -> u64 {
        let calls = self.max_polls().zip(pages).map(|(polls, pages)| {
            polls
                .saturating_mul(pages)
                .saturating_mul(u64::from(attempts))
        });
        calls.unwrap_or(u64::MAX).min(self.calls)
    }

    /// How many polls fit before the deadline, with the one that begins at it.
    fn max_polls(&self) -> Option<u64> {
        let polls = self
            .deadline?
            .as_nanos()
            .div_ceil(self.interval.as_nanos().max(1))
            + 1;
        Some(u64::try_from(polls).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn pauses_double_while_nothing_changes_up_to_the_longest() {
        let plan = Plan {
            longest: Some(SECOND * 10),
            ..Plan::new(SECOND * 2)
        };
        let pauses: Vec<u64> = (0..5).map(|quiet| plan.pause(quiet).as_secs()).collect();
        assert_eq!(pauses, [2, 4, 8, 10, 10]);
        assert_eq!(Plan::new(SECOND).pause(u32::MAX), SECOND * EASED);
        assert_eq!(Plan::new(Duration::MAX).pause(7), Duration::MAX);
    }

    #[test]
    fn a_longest_pause_below_the_interval_is_the_interval() {
        assert_eq!(
            Plan {
                longest: Some(SECOND),
                ..Plan::new(SECOND * 2)
            }
            .pause(3),
            SECOND * 2
        );
    }

    #[test]
    fn the_number_of_calls_is_known() {
        let plan = Plan::new(SECOND * 10);
        assert_eq!(plan.calls_at_most(Some(1), 1), CALLS, "no deadline");
        let plan = Plan {
            deadline: Some(SECOND * 60),
            ..plan
        };
        assert_eq!(plan.calls_at_most(None, 1), CALLS, "any number of pages");
        assert_eq!(
            plan.calls_at_most(Some(1), 1),
            7,
            "at 0, 10, 20, 30, 40, 50 and 60"
        );
        assert_eq!(plan.calls_at_most(Some(3), 2), 42);
        let plan = Plan {
            deadline: Some(SECOND * 61),
            ..plan
        };
        assert_eq!(plan.calls_at_most(Some(1), 1), 8, "at 61 as well");
        let plan = Plan {
            deadline: Some(Duration::MAX),
            interval: Duration::from_nanos(1),
            ..plan
        };
        assert_eq!(plan.calls_at_most(Some(u64::MAX), u32::MAX), CALLS);
    }
}
