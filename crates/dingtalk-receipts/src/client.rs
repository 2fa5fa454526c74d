//! The client: what its clones share. Each operation adds its method beside its own code.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dingtalk_receipts_api as api;

use crate::auth::{Auth, TokenInfo, Tokens};
use crate::clock::{self, Clock};
use crate::error::Result;
use crate::executor::{CallOptions, Executor, Limits, Operation, RetryPolicy};

/// Asks DingTalk who has read a message.
///
/// Cheap to clone; clones share connections, access tokens, rate limit and retry budget.
///
/// Calls need a tokio runtime with its I/O and its timers enabled; where there is none, they are errors that say so, and
/// `blocking` is for programs without one.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    /// Whose tokens this client uses: the credentials' own, or those of a corp.
    pub(crate) auth: Auth,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) api: api::Client,
    pub(crate) executor: Executor,
    pub(crate) tokens: Tokens,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
}

impl Client {
    /// A client that asks in the name of another corp, where the credentials have several: those of a
    /// [`ThirdPartyApp`](crate::ThirdPartyApp), a [`CorpApp`](crate::CorpApp), or a
    /// [`TokenProvider`](crate::TokenProvider) that says so.
    ///
    /// It shares this client's connections, rate limit and retry budget. Making one costs little and sends nothing; the
    /// tokens of up to 10,000 corps are remembered, of more those of the corps that were asked for last.
    ///
    /// # Errors
    ///
    /// The credentials are those of one corp, or the id cannot be a corp's.
    pub fn for_corp(&self, corp_id: impl AsRef<str>) -> Result<Self> {
        Ok(Self {
            auth: self.shared.tokens.for_corp(corp_id.as_ref())?,
            shared: Arc::clone(&self.shared),
        })
    }

    /// The access token that the next call would carry, whose it is and how long it lives. Gets one, if there is none.
    ///
    /// # Errors
    ///
    /// No token could be had: those of a call that fails for the same reason.
    pub async fn token_info(&self) -> Result<TokenInfo> {
        let clock = &self.shared.executor.clock;
        let deadline = clock::after(clock.now(), self.shared.limits.call);
        self.auth.info(deadline).await
    }

    /// Executes an operation that belongs to no run, by the client's retry policy.
    pub(crate) async fn execute<O: Operation>(
        &self,
        operation: &O,
        limits: Limits,
    ) -> Result<O::Output> {
        let options = CallOptions {
            tokens: Some(&self.auth),
            limits,
            retry: &self.shared.retry,
            deadline: None,
            call_budget: None,
        };
        self.shared.executor.execute(operation, &options).await
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.shared.executor.clock
    }

    pub(crate) fn defaults(&self) -> (Limits, RetryPolicy) {
        (self.shared.limits, self.shared.retry.clone())
    }

    /// The instant that is `limit` from now.
    pub(crate) fn deadline(&self, limit: Option<Duration>) -> Option<Instant> {
        limit.and_then(|limit| self.shared.executor.clock.now().checked_add(limit))
    }
}
