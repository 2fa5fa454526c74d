//! What a call consists of: the executor, the options, and how far it is.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::rate_limit::Limiter;
use super::retry_budget::RetryBudget;
use super::retry_policy::RetryPolicy;
use super::token_source::TokenSource;
use crate::call_budget::CallBudget;
use crate::clock::{self, Clock};
use crate::transport::Transport;

/// The time and size limits of a call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// For one attempt, from the first byte to the last.
    pub(crate) attempt: Duration,
    /// For the call: all attempts, all waiting.
    pub(crate) call: Duration,
    /// For the body of a response, after decompression, in bytes.
    pub(crate) body: usize,
}

/// Executes operations. Made once for a client; all its clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Executor {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rate_limit: Option<Arc<Limiter>>,
    pub(crate) permits: Option<Arc<Semaphore>>,
    pub(crate) retry_budget: Arc<RetryBudget>,
}

/// How a call is executed, beside what its operation says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallOptions<'a> {
    /// Where its access tokens come from, if the operation needs one.
    pub(crate) tokens: Option<&'a dyn TokenSource>,
    pub(crate) limits: Limits,
    pub(crate) retry: &'a RetryPolicy,
    /// When the run that this call belongs to has to end.
    pub(crate) deadline: Option<Instant>,
    /// What counts and limits the requests of the run, if something does.
    pub(crate) call_budget: Option<&'a CallBudget>,
}

/// One call that is being executed.
pub(super) struct Execution<'a, O> {
    pub(super) executor: &'a Executor,
    pub(super) operation: &'a O,
    pub(super) options: &'a CallOptions<'a>,
    pub(super) schedule: Schedule,
    /// How many requests were built.
    pub(super) attempts: u32,
}

/// When attempts of a call may be made.
#[derive(Clone, Copy)]
pub(super) struct Schedule {
    /// The call is over.
    pub(super) deadline: Instant,
    /// No attempt starts later, if the policy says so.
    last_start: Option<Instant>,
}

impl Schedule {
    pub(super) fn new(options: &CallOptions<'_>, started: Instant) -> Self {
        let own = clock::after(started, options.limits.call);
        let time = options.retry.max_time();
        Self {
            deadline: options.deadline.map_or(own, |run| own.min(run)),
            last_start: time.and_then(|time| started.checked_add(time)),
        }
    }

    /// Whether an attempt may start when `delay` has passed.
    pub(super) fn allows(&self, now: Instant, delay: Duration) -> bool {
        now.checked_add(delay).is_some_and(|start| {
            start < self.deadline && self.last_start.is_none_or(|last| start <= last)
        })
    }
}
