//! The attempt loop.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use dingtalk_receipts_api::Operation;
use tokio::sync::Semaphore;
use tracing::Instrument as _;

use super::answer::Answer;
use super::budget::Budget;
use super::quota::Limiter;
use super::retry::RetryPolicy;
use crate::auth::{AccessToken, Auth};
use crate::clock::{self, Clock, Sleep};
use crate::error::{Advice, Error, GaveUp, Kind, Phase};
use crate::trace;
use crate::transport::{Exchange, Transport};

/// The time and size limits of a call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// For one attempt, from the first byte to the last.
    pub(crate) attempt: Duration,
    /// For the call: all attempts, all waiting.
    pub(crate) call: Duration,
    /// For the body of an answer, after decompression, in bytes.
    pub(crate) body: usize,
}

/// What calls share: made once for a client, used by all its clones.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) quota: Option<Arc<Limiter>>,
    pub(crate) permits: Option<Arc<Semaphore>>,
    pub(crate) budget: Arc<Budget>,
}

/// One call: what is asked, with whose token, and within which limits.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static Operation,
    /// Whose access token the operation needs, if it needs one.
    pub(crate) auth: Option<&'a Auth>,
    pub(crate) limits: Limits,
    pub(crate) retry: &'a RetryPolicy,
    /// When the run that this call belongs to has to end.
    pub(crate) deadline: Option<Instant>,
}

/// When attempts of a call may be made.
struct Schedule {
    /// The call is over.
    deadline: Instant,
    /// No attempt starts later, if the policy says so.
    last_start: Option<Instant>,
}

impl Schedule {
    fn new(call: &Call<'_>, started: Instant) -> Self {
        let own = clock::after(started, call.limits.call);
        let time = call.retry.most_time();
        Self {
            deadline: call.deadline.map_or(own, |run| own.min(run)),
            last_start: time.and_then(|time| started.checked_add(time)),
        }
    }

    /// Whether an attempt may start when `pause` has passed.
    fn allows(&self, now: Instant, pause: Duration) -> bool {
        now.checked_add(pause).is_some_and(|start| {
            start < self.deadline && self.last_start.is_none_or(|last| start <= last)
        })
    }
}

impl Caller {
    /// Makes attempts until one succeeds or none may follow. `build` makes the request, anew for each attempt, since
    /// the token may have changed; `read` makes the result out of an answer.
    pub(crate) async fn run<T>(
        &self,
        call: &Call<'_>,
        build: impl Fn(Option<&AccessToken>) -> Result<reqwest::Request, Error>,
        read: impl Fn(&Answer, Option<&AccessToken>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let started = self.clock.now();
        let span = trace::operation(call.operation);
        let result = self
            .attempts(call, started, &build, &read)
            .instrument(span.clone())
            .await;
        trace::finished(&span, result.as_ref().err());
        crate::meter::call(
            call.operation,
            self.clock.now().saturating_duration_since(started),
            result.as_ref().err(),
        );
        result
    }

    async fn attempts<T>(
        &self,
        call: &Call<'_>,
        started: Instant,
        build: &impl Fn(Option<&AccessToken>) -> Result<reqwest::Request, Error>,
        read: &impl Fn(&Answer, Option<&AccessToken>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let schedule = Schedule::new(call, started);
        let mut attempts = 0;
        let mut retries = 0;
        let mut rejected: Option<(AccessToken, Error)> = None;
        let mut last: Option<Error> = None;
        loop {
            let (permit, token) = match self.ready(call, schedule.deadline).await {
                Ok(ready) => ready,
                // Out of time while waiting for the next attempt: what made it necessary is the better story.
                Err(error) if error.is_timeout() && last.is_some() => {
                    let error = last.take().unwrap_or(error);
                    let error = error.with(|details| details.gave_up = Some(GaveUp::Deadline));
                    return Err(self.finish(error, attempts, started));
                }
                Err(error) => return Err(self.finish(error, attempts, started)),
            };
            // The token that was rejected is all that there is: the rejection is the answer.
            if let (Some(token), Some((old, _))) = (&token, &rejected)
                && token.same_text(old)
                && let Some((_, error)) = rejected.take()
            {
                return Err(self.finish(error, attempts, started));
            }
            let request =
                build(token.as_ref()).map_err(|error| self.finish(error, attempts, started))?;
            attempts += 1;
            let result = self
                .attempt(
                    call,
                    attempts,
                    schedule.deadline,
                    request,
                    token.as_ref(),
                    read,
                )
                .await;
            drop(permit);
            let error = match result {
                Ok(value) => {
                    self.budget.succeeded(retries);
                    return Ok(value);
                }
                Err(error) => error,
            };
            if let (Advice::RefreshToken, Some(auth), Some(token)) =
                (error.advice(), call.auth, &token)
            {
                // A second rejection, or credentials that cannot give another token: that is the answer.
                if rejected.is_some() || !auth.reject(token) {
                    return Err(self.finish(error, attempts, started));
                }
                rejected = Some((token.clone(), error));
                continue;
            }
            let (pause, error) = self
                .again(call, &schedule, attempts, error)
                .map_err(|error| self.finish(error, attempts, started))?;
            retries += 1;
            last = Some(error);
            self.clock.sleep(pause).await;
        }
    }

    /// Whether another attempt follows on `error`, and after which pause; if none does, the error says why.
    fn again(
        &self,
        call: &Call<'_>,
        schedule: &Schedule,
        attempts: u32,
        error: Error,
    ) -> Result<(Duration, Error), Error> {
        if !call.retry.may_help(&error) {
            return Err(error);
        }
        if error.is_throttled()
            && let Some(quota) = &self.quota
        {
            quota.throttled(error.retry_after().unwrap_or_default());
        }
        let pause = call.retry.pause(attempts, &error);
        let gave_up = if attempts >= call.retry.most_attempts() {
            Some(GaveUp::Attempts)
        } else if !schedule.allows(self.clock.now(), pause) {
            Some(GaveUp::Deadline)
        } else if !self.budget.withdraw() {
            Some(GaveUp::Budget)
        } else {
            None
        };
        if gave_up.is_some() {
            // Where one attempt was all that was wanted, there is nothing to explain.
            let gave_up = gave_up.filter(|_| call.retry.most_attempts() > 1);
            return Err(error.with(|details| details.gave_up = gave_up));
        }
        tracing::debug!(
            attempt = attempts,
            pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
            error.r#type = trace::error_type(&error),
            "trying again"
        );
        crate::meter::retry(call.operation, &error);
        Ok((pause, error))
    }

    /// Waits for a permit, for quota and for an access token, in this order: a token may expire while waiting.
    async fn ready<'c>(
        &'c self,
        call: &Call<'_>,
        deadline: Instant,
    ) -> Result<
        (
            Option<tokio::sync::SemaphorePermit<'c>>,
            Option<AccessToken>,
        ),
        Error,
    > {
        let late = |phase: Phase| {
            Error::new(
                Kind::Timeout(phase),
                format!("out of time while {}", phase.describe()),
            )
            .with(|details| details.advice = Advice::Backoff)
        };
        let permit = match &self.permits {
            // The semaphore is never closed; if it were, there would be no limit to keep.
            Some(permits) => within(&*self.clock, deadline, permits.acquire())
                .await
                .ok_or_else(|| late(Phase::Quota))?
                .ok(),
            None => None,
        };
        if let Some(quota) = &self.quota {
            let waited = self.clock.now();
            let ready = within(&*self.clock, deadline, quota.ready(deadline)).await;
            crate::meter::quota_wait(self.clock.now().saturating_duration_since(waited));
            if !matches!(ready, Some(Ok(()))) {
                return Err(late(Phase::Quota));
            }
        }
        let token = match call.auth {
            Some(auth) => Some(
                within(&*self.clock, deadline, auth.token(deadline))
                    .await
                    .ok_or_else(|| late(Phase::Token))??,
            ),
            None => None,
        };
        // An answer that comes at once would beat the alarm each time, and a run over many pages never end in time.
        if self.clock.now() >= deadline {
            let text = "out of time before the request was sent";
            return Err(Error::new(Kind::Timeout(Phase::Pause), text)
                .with(|details| details.advice = Advice::Backoff));
        }
        Ok((permit, token))
    }

    async fn attempt<T>(
        &self,
        call: &Call<'_>,
        attempt: u32,
        deadline: Instant,
        request: reqwest::Request,
        token: Option<&AccessToken>,
        read: &impl Fn(&Answer, Option<&AccessToken>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let now = self.clock.now();
        let until = now
            .checked_add(call.limits.attempt)
            .unwrap_or(deadline)
            .min(deadline);
        let exchange = Exchange {
            request,
            until,
            clock: &*self.clock,
            most_bytes: call.limits.body,
        };
        let span = trace::attempt(call.operation, &exchange.request, attempt);
        let result = async {
            let answer = self.transport.send(exchange).await?;
            trace::answered(&span, &answer);
            read(&answer, token)
        }
        .instrument(span.clone())
        .await;
        trace::finished(&span, result.as_ref().err());
        let elapsed = self.clock.now().saturating_duration_since(now);
        crate::meter::attempt(call.operation, elapsed, result.as_ref().err());
        result
    }

    fn finish(&self, error: Error, attempts: u32, started: Instant) -> Error {
        let elapsed = self.clock.now().saturating_duration_since(started);
        error.with(|details| {
            // What failed before a request was sent may be a token call, with attempts of its own.
            details.attempts += attempts;
            details.elapsed = elapsed;
        })
    }
}

/// `future`'s output, or `None` if `deadline` comes first. The clock is asked for an alarm only if there is something
/// to wait for.
pub(crate) async fn within<F: Future>(
    clock: &dyn Clock,
    deadline: Instant,
    future: F,
) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut alarm: Option<Sleep> = None;
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let alarm = alarm
            .get_or_insert_with(|| clock.sleep(deadline.saturating_duration_since(clock.now())));
        alarm.as_mut().poll(context).map(|()| None)
    })
    .await
}
