//! Authorization of a call: an access token for each attempt, and one renewal if the server rejects it.

use std::time::Instant;

use super::call::Execution;
use super::operation::Operation;
use super::token_source::TokenSource;
use crate::access_token::AccessToken;
use crate::clock::Clock;
use crate::error::{Advice, Error, Phase, Result};
use crate::future::within;

/// Why an attempt brought nothing.
pub(super) enum AttemptFailure {
    /// The attempt failed; the retry policy decides about another.
    Attempt(Error),
    /// There was no attempt, or none may follow.
    Final(Error),
}

/// The access tokens of one call.
pub(super) struct Authorization<'a> {
    source: Option<&'a dyn TokenSource>,
    /// The token that the server rejected in this call, and the rejection.
    rejected: Option<(AccessToken, Error)>,
}

impl<'a> Authorization<'a> {
    pub(super) fn new(source: Option<&'a dyn TokenSource>) -> Self {
        Self {
            source,
            rejected: None,
        }
    }

    /// The token of the next attempt; `None` if the operation needs none. If the source has none but the rejected one,
    /// the rejection is the error.
    async fn token(&mut self, clock: &dyn Clock, deadline: Instant) -> Result<Option<AccessToken>> {
        let Some(source) = self.source else {
            return Ok(None);
        };
        let token = match source.fresh() {
            Some(token) => token,
            None => within(clock, deadline, source.token(deadline))
                .await
                .ok_or_else(|| Error::timeout(Phase::Token))??,
        };
        match self.rejected.take_if(|(old, _)| old.same_text(&token)) {
            Some((_, rejection)) => Err(rejection),
            None => Ok(Some(token)),
        }
    }

    /// Whether another attempt may follow at once, since `error` is a rejection of `token` and there is a way to
    /// another token. A second rejection in one call is final.
    fn renew(&mut self, token: Option<AccessToken>, error: Error) -> Result<(), AttemptFailure> {
        let (Advice::RefreshToken, Some(source), Some(token)) =
            (error.advice(), self.source, token)
        else {
            return Err(AttemptFailure::Attempt(error));
        };
        if self.rejected.is_some() || !source.reject(&token) {
            return Err(AttemptFailure::Final(error));
        }
        self.rejected = Some((token, error));
        Ok(())
    }
}

impl<O: Operation> Execution<'_, O> {
    /// Makes an attempt with a token, and another at once if the token is rejected. It waits for the permit and the
    /// rate limit first, since a token may expire meanwhile.
    pub(super) async fn authorized(
        &mut self,
        authorization: &mut Authorization<'_>,
    ) -> Result<O::Output, AttemptFailure> {
        let (executor, deadline) = (self.executor, self.schedule.deadline);
        loop {
            let permit = executor
                .admit(deadline)
                .await
                .map_err(AttemptFailure::Final)?;
            let token = authorization
                .token(&*executor.clock, deadline)
                .await
                .map_err(AttemptFailure::Final)?;
            let request = self
                .prepare(token.as_ref())
                .map_err(AttemptFailure::Final)?;
            let result = self.attempt(request, token.as_ref()).await;
            drop(permit);
            match result {
                Ok(output) => return Ok(output),
                Err(error) => authorization.renew(token, error)?,
            }
        }
    }
}
