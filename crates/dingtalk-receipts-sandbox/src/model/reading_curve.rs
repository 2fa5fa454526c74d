//! When the members of a group read a message.

use std::time::Duration;

use fastrand::Rng;

/// How steep the curve is: below 1, many read within minutes, and a few after days.
const SPREAD: f64 = 0.8;

/// The longest time until a member reads a message.
const MAX_DELAY: Duration = Duration::from_secs(30 * 24 * 3_600);

/// When the members of a group read a message: a fast start, a long tail, and a share that never reads. The same seed
/// gives the same readers at the same times.
///
/// ```
/// use std::time::Duration;
/// use dingtalk_receipts_sandbox::{Conversation, ReadingCurve};
///
/// Conversation::new("cid")
///     .robot("robot")
///     .members(50)
///     .reading(ReadingCurve::seeded(7).median(Duration::from_secs(60)).never(0.2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadingCurve {
    seed: u64,
    median: Duration,
    never: f64,
}

impl ReadingCurve {
    /// A curve with a median of ten minutes, where a tenth of the members never reads.
    #[must_use]
    pub const fn seeded(seed: u64) -> Self {
        Self {
            seed,
            median: Duration::from_secs(600),
            never: 0.1,
        }
    }

    /// The time after which half of those who read have read. Defaults to ten minutes.
    #[must_use]
    pub const fn median(self, median: Duration) -> Self {
        Self { median, ..self }
    }

    /// The share of members who never read, between 0 and 1. Defaults to 0.1.
    #[must_use]
    pub const fn never(self, share: f64) -> Self {
        Self {
            never: share.clamp(0.0, 1.0),
            ..self
        }
    }

    /// The times until `members` members read the message with this number, counted from when they can see it; `None`
    /// for those who never do.
    pub(crate) fn delays(
        self,
        message: u64,
        members: usize,
    ) -> impl Iterator<Item = Option<Duration>> {
        // Neighbouring seeds must not give similar messages.
        let mut rng = Rng::with_seed(self.seed ^ message.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (0..members).map(move |_| {
            let reads = rng.f64() >= self.never;
            let rank = rng.f64();
            reads.then(|| self.delay_of(rank))
        })
    }

    /// A log-logistic distribution: the delay of the share `rank` of those who read.
    fn delay_of(self, rank: f64) -> Duration {
        let seconds = self.median.as_secs_f64() * (rank / (1.0 - rank)).powf(SPREAD);
        Duration::try_from_secs_f64(seconds)
            .unwrap_or(MAX_DELAY)
            .min(MAX_DELAY)
    }
}

impl Default for ReadingCurve {
    fn default() -> Self {
        Self::seeded(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_within(curve: ReadingCurve, time: Duration) -> usize {
        let delays = curve.delays(1, 10_000);
        delays.flatten().filter(|delay| *delay <= time).count()
    }

    #[test]
    fn half_of_those_who_read_have_read_at_the_median_and_a_share_never_does() {
        let curve = ReadingCurve::seeded(3)
            .median(Duration::from_secs(60))
            .never(0.2);
        let all = read_within(curve, Duration::MAX);
        assert!((7_800..8_200).contains(&all), "{all}");
        let half = read_within(curve, Duration::from_secs(60));
        assert!((3_800..4_200).contains(&half), "{half}");
        let start = read_within(curve, Duration::from_secs(20));
        assert!(start > 1_000, "a fast start: {start}");
        let tail = all - read_within(curve, Duration::from_secs(600));
        assert!(tail > 100, "a long tail: {tail}");
    }

    #[test]
    fn a_seed_gives_the_same_times_and_messages_differ() {
        let times = |seed, message| {
            let delays = ReadingCurve::seeded(seed).delays(message, 20);
            delays.collect::<Vec<_>>()
        };
        assert_eq!(times(1, 1), times(1, 1));
        assert_ne!(times(1, 1), times(1, 2));
        assert_ne!(times(1, 1), times(2, 1));
    }

    #[test]
    fn extremes_stay_within_bounds() {
        let never = ReadingCurve::seeded(0).never(7.0);
        assert!(never.delays(0, 100).all(|delay| delay.is_none()));
        let late = ReadingCurve::seeded(0).never(0.0).median(Duration::MAX);
        assert!(late.delays(0, 100).all(|delay| delay <= Some(MAX_DELAY)));
        let at_once = ReadingCurve::seeded(0).never(-1.0).median(Duration::ZERO);
        assert!(
            at_once
                .delays(0, 100)
                .all(|delay| delay == Some(Duration::ZERO))
        );
    }
}
