//! How often a robot may send to a group.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// How many messages a robot may send to one group in a minute, and for how long it is blocked when it sends more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendLimit {
    messages: usize,
    blocked: Duration,
}

impl SendLimit {
    /// What the vendor documents for webhook robots: 20 messages a minute, then blocked for ten minutes.
    pub const WEBHOOK: Self = Self::per_minute(20).blocked_for(Duration::from_secs(600));

    /// This many messages in any one minute, and not blocked beyond that.
    #[must_use]
    pub const fn per_minute(messages: usize) -> Self {
        Self {
            messages,
            blocked: Duration::ZERO,
        }
    }

    /// After too many messages, the robot is blocked for this time.
    #[must_use]
    pub const fn blocked_for(self, time: Duration) -> Self {
        Self {
            blocked: time,
            ..self
        }
    }
}

/// The messages that count against the limits of one sandbox, by robot and conversation.
#[derive(Default)]
pub(crate) struct SendLimits(HashMap<(String, String), Window>);

#[derive(Default)]
struct Window {
    recent: VecDeque<Duration>,
    blocked_until: Duration,
}

impl SendLimits {
    /// Counts a message. Whether it may be sent; one that may not is not counted.
    pub(crate) fn allow(
        &mut self,
        limit: SendLimit,
        robot: &str,
        conversation: &str,
        now: Duration,
    ) -> bool {
        let key = (robot.to_owned(), conversation.to_owned());
        let window = self.0.entry(key).or_default();
        if now < window.blocked_until {
            return false;
        }
        while window
            .recent
            .front()
            .is_some_and(|oldest| now.saturating_sub(*oldest) >= MINUTE)
        {
            window.recent.pop_front();
        }
        if window.recent.len() >= limit.messages {
            window.blocked_until = now.saturating_add(limit.blocked);
            return false;
        }
        window.recent.push_back(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_robot_is_blocked_after_too_many_messages_in_a_minute() {
        let mut limits = SendLimits::default();
        let mut allow = |seconds| {
            let now = Duration::from_secs(seconds);
            limits.allow(SendLimit::WEBHOOK, "robot", "cid", now)
        };
        assert!((0..20).all(&mut allow));
        assert!(!allow(30));
        assert!(!allow(629), "blocked, though the minute is over");
        assert!(allow(630));
    }

    #[test]
    fn groups_and_robots_count_apart() {
        let mut limits = SendLimits::default();
        let limit = SendLimit::per_minute(1);
        let mut allow = |robot, conversation| limits.allow(limit, robot, conversation, MINUTE);
        assert!(allow("a", "x"));
        assert!(!allow("a", "x"));
        assert!(allow("a", "y"));
        assert!(allow("b", "x"));
    }
}
