//! One attempt: a request out, a response back, and what it means.

use tracing::Instrument as _;

use super::call::Execution;
use super::operation::Operation;
use super::response_error::{misread, refused};
use crate::access_token::AccessToken;
use crate::error::{Error, Phase, Redactor, Result};
use crate::response::Response;
use crate::transport::Exchange;
use crate::{metrics, trace};

impl<O: Operation> Execution<'_, O> {
    /// Builds the request of the next attempt and counts it, if there is time for it.
    pub(super) fn prepare(&mut self, token: Option<&AccessToken>) -> Result<reqwest::Request> {
        // A response that comes at once would beat the alarm each time, and a run over many pages never end in time.
        if self.executor.clock.now() >= self.schedule.deadline {
            return Err(Error::timeout(Phase::Pause));
        }
        if let Some(call_budget) = self.options.call_budget {
            call_budget.take()?;
        }
        let request = self.operation.request(token)?;
        self.attempts += 1;
        Ok(request)
    }

    /// Sends `request`, and decodes the response.
    pub(super) async fn attempt(
        &self,
        request: reqwest::Request,
        token: Option<&AccessToken>,
    ) -> Result<O::Output> {
        let Self {
            executor,
            options,
            schedule,
            ..
        } = *self;
        let operation = self.operation.contract();
        let started = executor.clock.now();
        let exchange = Exchange {
            request,
            until: started
                .checked_add(options.limits.attempt)
                .map_or(schedule.deadline, |end| end.min(schedule.deadline)),
            clock: &*executor.clock,
            max_bytes: options.limits.body,
        };
        let span = trace::attempt(operation, &exchange.request, self.attempts);
        let result = async {
            let response = executor.transport.send(exchange).await?;
            trace::response(&span, &response);
            self.decode(&response, token)
        }
        .instrument(span.clone())
        .await;
        trace::finished(&span, result.as_ref().err());
        let elapsed = executor.clock.now().saturating_duration_since(started);
        metrics::attempt(operation, elapsed, result.as_ref().err());
        result
    }

    fn decode(&self, response: &Response, token: Option<&AccessToken>) -> Result<O::Output> {
        let why = if response.is_success() {
            match self.operation.decode(response) {
                Ok(output) => return Ok(output),
                Err(why) => Some(why),
            }
        } else {
            None
        };
        let mut redactor = Redactor::default();
        if let Some(token) = token {
            redactor = redactor.hide(token.expose());
        }
        if let Some(source) = self.options.tokens {
            redactor = source.redact(redactor);
        }
        let redactor = self.operation.redact(redactor);
        let wall = self.executor.clock.wall();
        Err(match why {
            Some(why) => misread(response, why, &redactor, wall),
            None => refused(response, &redactor, wall),
        })
    }
}
