//! Quota: how many calls an app may make to an operation in a second, a minute, and a month.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::contract::operation::Operation;
use crate::model::app::AppKind;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const MONTH: Duration = Duration::from_secs(30 * 24 * 3_600);

/// Limits on one operation. No limit unless set; the vendor's Standard edition has 20 calls a second for each app and
/// API, and 5,000 calls a month for each organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quota {
    second: Option<usize>,
    minute: Option<usize>,
    month: Option<u64>,
    fixed: bool,
}

impl Quota {
    /// This many calls in any one second. Over it: 403 `...QpsLimitForAppkeyAndApi`, or the suite's code.
    #[must_use]
    pub fn per_second(calls: usize) -> Self {
        Self {
            second: Some(calls),
            ..Self::default()
        }
    }

    /// This many calls in any one minute, too. Over it: 403 `...QpmLimitForAppkeyAndApi`, or the suite's code.
    #[must_use]
    pub fn per_minute(self, calls: usize) -> Self {
        Self {
            minute: Some(calls),
            ..self
        }
    }

    /// This many calls of each corp in a month of 30 days from the start, too. Over it: 403 `...ApiCountLimitForOrg`.
    #[must_use]
    pub fn per_month(self, calls: u64) -> Self {
        Self {
            month: Some(calls),
            ..self
        }
    }

    /// Seconds and minutes start at whole seconds and minutes of the sandbox's clock, instead of anywhere. Which of
    /// the two the vendor does is not known; a window that slides is the stricter one.
    #[must_use]
    pub fn fixed_windows(self) -> Self {
        Self {
            fixed: true,
            ..self
        }
    }

    /// This many calls of each corp in a month, and no other limit.
    #[must_use]
    pub fn monthly(calls: u64) -> Self {
        Self::default().per_month(calls)
    }
}

/// How the calls of an operation fared against its quota. Refused calls are not counted as used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Calls that were let through.
    pub used: u64,
    /// Calls refused by the limit of a second or of a minute.
    pub throttled: u64,
    /// Calls refused because the month was used up.
    pub over_month: u64,
}

/// Who a limit counts for: an app, and for a third-party app each of its corps.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Caller {
    app: usize,
    corp: Option<String>,
    operation: Operation,
}

/// The quotas of one sandbox.
#[derive(Default)]
pub(crate) struct QuotaCounters {
    quotas: HashMap<Operation, Quota>,
    recent: HashMap<Caller, VecDeque<Duration>>,
    month: HashMap<(String, u128), u64>,
    usage: HashMap<Operation, Usage>,
}

impl QuotaCounters {
    pub(crate) fn limit(&mut self, operation: Operation, quota: Quota) {
        self.quotas.insert(operation, quota);
    }

    pub(crate) fn usage(&self, operation: Operation) -> Usage {
        self.usage.get(&operation).copied().unwrap_or_default()
    }

    /// Counts a call, or says with which code it is refused.
    pub(crate) fn count(
        &mut self,
        operation: Operation,
        (app, kind): (usize, AppKind),
        corp: &str,
        now: Duration,
    ) -> Result<(), &'static str> {
        let quota = self.quotas.get(&operation).copied().unwrap_or_default();
        let usage = self.usage.entry(operation).or_default();
        let suite = kind == AppKind::ThirdParty;
        let caller = Caller {
            app,
            corp: suite.then(|| corp.to_owned()),
            operation,
        };
        let recent = self.recent.entry(caller).or_default();
        if is_full(recent, quota.second, quota.window(SECOND), now) {
            usage.throttled += 1;
            return Err(if suite {
                "Forbidden.AccessDenied.QpsLimitForSuitekeyAndOrgAndApi"
            } else {
                "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
            });
        }
        if is_full(recent, quota.minute, quota.window(MINUTE), now) {
            usage.throttled += 1;
            return Err(if suite {
                "Forbidden.AccessDenied.QpmLimitForSuitekeyAndOrgAndApi"
            } else {
                "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"
            });
        }
        if let Some(limit) = quota.month {
            let month = now.as_nanos() / MONTH.as_nanos();
            let used = self.month.entry((corp.to_owned(), month)).or_default();
            if *used >= limit {
                usage.over_month += 1;
                return Err("Forbidden.AccessDenied.ApiCountLimitForOrg");
            }
            *used += 1;
        }
        let kept = quota.second.max(quota.minute).unwrap_or(0);
        recent.push_back(now);
        while recent.len() > kept {
            recent.pop_front();
        }
        usage.used += 1;
        Ok(())
    }
}

/// A stretch of time that a limit counts in.
#[derive(Clone, Copy)]
enum Window {
    Sliding(Duration),
    Fixed(Duration),
}

impl Quota {
    fn window(&self, length: Duration) -> Window {
        if self.fixed {
            Window::Fixed(length)
        } else {
            Window::Sliding(length)
        }
    }
}

impl Window {
    /// Whether two times lie in one such stretch.
    fn spans(self, earlier: Duration, later: Duration) -> bool {
        match self {
            Self::Sliding(length) => later.saturating_sub(earlier) < length,
            Self::Fixed(length) => {
                let stretch = |time: Duration| time.as_nanos() / length.as_nanos().max(1);
                stretch(earlier) == stretch(later)
            }
        }
    }
}

/// Whether the last `limit` calls all lie within one `window` with this one.
fn is_full(
    recent: &VecDeque<Duration>,
    limit: Option<usize>,
    window: Window,
    now: Duration,
) -> bool {
    match limit {
        None => false,
        Some(0) => true,
        Some(limit) => recent
            .len()
            .checked_sub(limit)
            .and_then(|place| recent.get(place))
            .is_some_and(|oldest| window.spans(*oldest, now)),
    }
}
