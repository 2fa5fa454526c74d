//! The token of one source: got once for any number of callers, renewed early, given up when it is rejected.
//!
//! What is known is in a [`CachedToken`] behind a lock that is never held while waiting. Who renews holds the *gate*, and
//! the gate opens when that caller's future ends or is dropped: nobody is left behind a renewal that nobody makes. No
//! task runs in the background; a renewal is made by a caller, and lives no longer than that caller.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tracing::Instrument as _;

use super::issued::Issued;
use super::state::{CachedToken, TokenState};
use super::store::{Lock, StoreClient};
use super::token_info::TokenOrigin;
use super::token_info::TokenSubject;
use crate::access_token::AccessToken;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Phase, Redactor, Result};
use crate::future::{BoxFuture, within};
use crate::{metrics, trace};

/// What issues tokens.
pub(crate) trait Source: fmt::Debug + Send + Sync {
    /// Asks for a token once. `rejected` is the one that DingTalk has rejected, if that is the reason.
    fn fetch<'a>(&'a self, rejected: Option<&'a AccessToken>) -> BoxFuture<'a, Result<Issued>>;

    /// Whose tokens they are.
    fn subject(&self) -> &TokenSubject;

    /// Adds the source's secrets to those that texts must not show.
    fn hide<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a> {
        redactor
    }
}

#[derive(Debug)]
pub(crate) struct Cache {
    source: Box<dyn Source>,
    store_client: Option<StoreClient>,
    clock: Arc<dyn Clock>,
    /// How long a renewal may take.
    limit: Duration,
    /// Held by the one caller that renews.
    gate: tokio::sync::Mutex<()>,
    state: Mutex<CachedToken>,
}

/// What a renewal came to.
enum Found {
    /// There is a fresh token already, by somebody else's doing.
    Here,
    /// Another process is at it, and there is a token to go on with.
    Elsewhere,
    /// The source issued one. Other processes wait for the lock.
    New(Issued, Option<Lock>),
}

impl Cache {
    pub(crate) fn new(
        source: Box<dyn Source>,
        store_client: Option<StoreClient>,
        clock: Arc<dyn Clock>,
        limit: Duration,
    ) -> Self {
        Self {
            source,
            store_client,
            clock,
            limit,
            gate: tokio::sync::Mutex::default(),
            state: Mutex::default(),
        }
    }

    pub(crate) fn source(&self) -> &dyn Source {
        &*self.source
    }

    /// The token, if nothing needs doing. Most calls come here and no further: it allocates nothing and waits for
    /// nothing.
    pub(crate) fn fresh(&self) -> Option<AccessToken> {
        let now = self.clock.now();
        self.lock().fresh(now).cloned()
    }

    /// The token, after a renewal if one is due and this caller is the one to make it, or has to wait for it.
    /// `deadline` is when the caller gives up: a renewal that is merely early leaves it time to go on without.
    pub(crate) async fn token(&self, deadline: Instant) -> Result<AccessToken> {
        let (token_state, renewals) = {
            let state = self.lock();
            (state.token_state(self.clock.now()), state.renewals())
        };
        let (gate, waited) = match token_state {
            TokenState::Fresh(token) => return Ok(token),
            TokenState::Failed(error) => return Err(Error::shared(&error)),
            TokenState::Early(token) => match self.gate.try_lock() {
                Ok(gate) => (gate, false),
                Err(_) => return Ok(token),
            },
            TokenState::Missing => (self.gate.lock().await, true),
        };
        // Somebody may have renewed it between the look and the gate.
        let early = match self.lock().token_state_since(renewals, self.clock.now()) {
            TokenState::Fresh(token) => return Ok(token),
            TokenState::Failed(error) => return Err(Error::shared(&error)),
            TokenState::Early(token) if waited => return Ok(token),
            TokenState::Early(_) => true,
            TokenState::Missing => false,
        };
        let span = trace::renewal(self.source.subject().kind, early);
        self.renew(gate, early, deadline).instrument(span).await
    }

    async fn renew(
        &self,
        gate: tokio::sync::MutexGuard<'_, ()>,
        early: bool,
        deadline: Instant,
    ) -> Result<AccessToken> {
        let until = self.give_up_at(early, deadline);
        let found = within(&*self.clock, until, self.find()).await;
        let now = self.clock.now();
        let error = match found.unwrap_or_else(|| Err(late())) {
            Ok(Found::New(grant, lock)) => {
                metrics::token_refresh("issued");
                tracing::debug!(lifetime_s = grant.lifetime.as_secs(), "got an access token");
                let token = grant.token.clone();
                self.lock().renewed(grant.clone(), now);
                // Those who wait in this process need not wait for the store.
                drop(gate);
                if let Some(store_client) = &self.store_client {
                    let until = now + self.limit;
                    within(
                        &*self.clock,
                        until,
                        store_client.save(&grant, self.clock.wall()),
                    )
                    .await;
                }
                drop(lock);
                return Ok(token);
            }
            Ok(Found::Here) => {
                metrics::token_refresh("stored");
                tracing::debug!("took the access token that another client or process had stored");
                None
            }
            Ok(Found::Elsewhere) => {
                tracing::debug!("another client or process renews the access token");
                self.lock().postpone(now, fastrand::f64(), Duration::ZERO);
                None
            }
            Err(error) => {
                metrics::token_refresh("failed");
                tracing::debug!(
                    error.r#type = trace::error_type(&error),
                    "got no access token"
                );
                let error = Arc::new(describe(error, self.source.subject()));
                self.lock().failed(&error, now, fastrand::f64());
                Some(error)
            }
        };
        // A failure is nobody's business while there is a valid token.
        match (self.lock().token_state(now), error) {
            (TokenState::Fresh(token) | TokenState::Early(token), _) => Ok(token),
            (TokenState::Failed(error), _) | (TokenState::Missing, Some(error)) => {
                Err(Error::shared(&error))
            }
            // The token that was found has ended this instant.
            (TokenState::Missing, None) => Err(describe(late(), self.source.subject())),
        }
    }

    /// Finds a newer token: one that another process stored, else one from the source.
    async fn find(&self) -> Result<Found> {
        let mut lock = None;
        if let Some(store_client) = &self.store_client {
            if let Some(found) = self.look(store_client).await {
                return Ok(found);
            }
            let early = self.has_token();
            lock = Some(if early {
                store_client.try_lock().await
            } else {
                store_client.wait_for_lock(self.limit / 2).await
            });
            if early && matches!(lock, Some(Lock::Elsewhere)) {
                return Ok(Found::Elsewhere);
            }
            // Whoever had the lock before has stored what it got.
            if let Some(found) = self.look(store_client).await {
                return Ok(found);
            }
        }
        let rejected = self.lock().rejected().cloned();
        let grant = self.source.fetch(rejected.as_ref()).await?;
        Ok(Found::New(grant, lock))
    }

    /// Takes over what is in the store, if it is of use; whether it is fresh.
    async fn look(&self, store_client: &StoreClient) -> Option<Found> {
        let stored = store_client.load(self.clock.wall()).await?;
        let now = self.clock.now();
        let mut state = self.lock();
        state.found(stored, now);
        state.fresh(now).map(|_| Found::Here)
    }

    fn has_token(&self) -> bool {
        let now = self.clock.now();
        matches!(
            self.lock().token_state(now),
            TokenState::Fresh(_) | TokenState::Early(_)
        )
    }

    /// `token` was rejected. False if there is no way to another one for now.
    pub(crate) fn reject(&self, token: &AccessToken) -> bool {
        self.lock().reject(token, self.clock.now())
    }

    /// Adds the source's secrets, and the tokens that are known, to those that texts must not show.
    pub(crate) fn hide<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a> {
        let state = self.lock();
        let held = state.held().map(|held| &held.token);
        let tokens = held.into_iter().chain(state.rejected());
        tokens.fold(self.source.hide(redactor), |redactor, token| {
            redactor.hide_owned(token.secret().clone())
        })
    }

    /// When the token in use ends, by the wall clock, and how long that is from now; and where it came from.
    pub(crate) fn life(&self, token: &AccessToken) -> Option<(SystemTime, Duration, TokenOrigin)> {
        let state = self.lock();
        let held = state.held().filter(|held| held.token.same_grant(token))?;
        let left = held.expires_at.saturating_duration_since(self.clock.now());
        Some((self.clock.wall() + left, left, held.origin))
    }

    /// An early renewal takes at most half of the caller's time, so that a token operation which hangs costs no call.
    fn give_up_at(&self, early: bool, deadline: Instant) -> Instant {
        let now = self.clock.now();
        let limit = now + self.limit;
        if early {
            limit.min(now + deadline.saturating_duration_since(now) / 2)
        } else {
            limit
        }
    }

    fn lock(&self) -> MutexGuard<'_, CachedToken> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn late() -> Error {
    Error::timeout(Phase::Token)
}

/// Says whose token could not be had, and what to look at.
fn describe(error: Error, subject: &TokenSubject) -> Error {
    error.with(|details| {
        let text = &details.text;
        details.text = if details.class == Some(ErrorKind::Authentication) {
            let base_url = &subject.base_url;
            format!("no access token for the {subject} from {base_url}; check its key, its secret and the region: {text}")
        } else {
            format!("no access token for the {subject}: {text}")
        };
    })
}
