//! Executes an operation: the retry loop.

use std::time::Duration;

use tracing::Instrument as _;

use super::authorize::{AttemptFailure, Authorization};
use super::call::{CallOptions, Execution, Executor, Schedule};
use super::operation::Operation;
use crate::error::{Error, GaveUp, Result};
use crate::{metrics, trace};

impl Executor {
    /// Makes attempts until one succeeds or none may follow.
    pub(crate) async fn execute<O: Operation>(
        &self,
        operation: &O,
        options: &CallOptions<'_>,
    ) -> Result<O::Output> {
        let started = self.clock.now();
        let contract = operation.contract();
        let mut call = Execution {
            executor: self,
            operation,
            options,
            schedule: Schedule::new(options, started),
            attempts: 0,
        };
        let span = trace::call(contract);
        let result = call.retry().instrument(span.clone()).await;
        let elapsed = self.clock.now().saturating_duration_since(started);
        let result = result.map_err(|error| {
            error.with(|details| {
                // What failed before a request was sent may be a token call, with attempts of its own.
                details.attempts += call.attempts;
                details.elapsed = elapsed;
            })
        });
        trace::finished(&span, result.as_ref().err());
        metrics::call(contract, elapsed, result.as_ref().err());
        result
    }
}

impl<O: Operation> Execution<'_, O> {
    /// The retry loop.
    async fn retry(&mut self) -> Result<O::Output> {
        let mut authorization = Authorization::new(self.options.tokens);
        let mut retries = 0;
        let mut last: Option<Error> = None;
        loop {
            let error = match self.authorized(&mut authorization).await {
                Ok(output) => {
                    self.executor.retry_budget.succeeded(retries);
                    return Ok(output);
                }
                Err(AttemptFailure::Attempt(error)) => error,
                Err(AttemptFailure::Final(error)) => {
                    return Err(match last {
                        // Out of time while waiting for the next attempt: what made it necessary says more.
                        Some(last) if error.is_timeout() => {
                            last.with(|details| details.gave_up = Some(GaveUp::Deadline))
                        }
                        _ => error,
                    });
                }
            };
            let idempotency = self.operation.idempotency();
            let (delay, error) = self.delay(error).map_err(|error| {
                let unknown = idempotency.leaves_outcome_unknown(&error);
                error.with(|details| details.outcome_unknown = unknown)
            })?;
            retries += 1;
            last = Some(error);
            self.executor.clock.sleep(delay).await;
        }
    }

    /// The delay before another attempt after `error`; if none follows, the error says why.
    fn delay(&self, error: Error) -> Result<(Duration, Error)> {
        let (executor, policy) = (self.executor, self.options.retry);
        if !policy.may_help(&error) {
            return Err(error);
        }
        if error.is_throttled()
            && let Some(rate_limit) = &executor.rate_limit
        {
            rate_limit.throttled(error.retry_after().unwrap_or_default());
        }
        if !self.operation.idempotency().allows_retry(&error) {
            return Err(error);
        }
        let delay = policy.delay(self.attempts, &error);
        let gave_up = if self.attempts >= policy.max_attempts() {
            Some(GaveUp::Attempts)
        } else if !self.schedule.allows(executor.clock.now(), delay) {
            Some(GaveUp::Deadline)
        } else if !executor.retry_budget.withdraw() {
            Some(GaveUp::Budget)
        } else {
            None
        };
        if gave_up.is_some() {
            // Where one attempt was all that was wanted, there is nothing to explain.
            let gave_up = gave_up.filter(|_| policy.max_attempts() > 1);
            return Err(error.with(|details| details.gave_up = gave_up));
        }
        tracing::debug!(
            attempt = self.attempts,
            pause_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
            error.r#type = trace::error_type(&error),
            "trying again"
        );
        metrics::retry(self.operation.contract(), &error);
        Ok((delay, error))
    }
}
