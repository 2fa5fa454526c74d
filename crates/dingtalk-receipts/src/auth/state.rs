//! What is known about the token of one source, as plain data: no locks, no waiting, no clock of its own.
//!
//! ```text
//!   issued            refresh_at            expires_at
//!     |------ fresh ------|------- early -------|---- missing ----
//! ```
//!
//! While the token is *fresh* it is served. In the *early* window it is served too, and one caller renews it. When it
//! is *missing* callers wait for a new one. A renewal that fails in the early window moves `refresh_at` on by a pause;
//! nobody else notices. One that fails while the token is missing may be remembered for a while: then that failure is
//! the answer, so that callers in a loop do not hammer the token operation.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::issued::Issued;
use super::issued::margin;
use super::token_info::TokenOrigin;
use crate::access_token::AccessToken;
use crate::error::{Advice, Error};

/// The longest hint of a server that a pause follows.
const MAX_HINT: Duration = Duration::from_secs(60);
/// The pauses after renewals that failed in the early window start at this length and double.
const EARLY_DELAY: Duration = Duration::from_secs(2);
const MAX_EARLY_DELAY: Duration = Duration::from_secs(60);
/// The pauses after passing failures without a token start, at the second in a row, at this length and double.
const PASSING_DELAY: Duration = Duration::from_millis(250);
/// A failure that trying again does not help is remembered for at least the first and at most the second of these.
const TERMINAL_DELAY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(5));
/// After DingTalk gave the very token that it had rejected, it is not asked again for this long.
const REPEATED_DELAY: Duration = Duration::from_secs(3);

#[derive(Debug, Default)]
pub(crate) struct CachedToken {
    held: Option<Held>,
    /// The last token that was rejected, until there is another.
    rejected: Option<AccessToken>,
    /// How the last renewal failed, if it did and left no valid token.
    failure: Option<Failure>,
    /// How many renewals have ended. Whoever waited while this grew waited for one of them.
    renewals: u64,
    /// How many renewals have failed since the last success.
    failures: u32,
}

/// The token in use.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) token: AccessToken,
    pub(crate) origin: TokenOrigin,
    pub(crate) expires_at: Instant,
    refresh_at: Instant,
    /// It is the token that had been rejected, issued again: until when to be content with that.
    repeated_until: Option<Instant>,
}

#[derive(Debug)]
struct Failure {
    error: Arc<Error>,
    until: Instant,
}

/// How things stand.
#[derive(Debug)]
pub(crate) enum TokenState {
    /// The token is good for a while.
    Fresh(AccessToken),
    /// The token is good, and one caller should renew it.
    Early(AccessToken),
    /// There is no token, and no point in asking for one yet.
    Failed(Arc<Error>),
    /// There is no token.
    Missing,
}

impl CachedToken {
    /// The token, if nothing needs doing: what most calls ask, and all that they ask.
    pub(crate) fn fresh(&self, now: Instant) -> Option<&AccessToken> {
        self.held
            .as_ref()
            .filter(|held| now < held.refresh_at)
            .map(|held| &held.token)
    }

    pub(crate) fn token_state(&self, now: Instant) -> TokenState {
        if let Some(held) = &self.held
            && now < held.expires_at
        {
            let token = held.token.clone();
            return if now < held.refresh_at {
                TokenState::Fresh(token)
            } else {
                TokenState::Early(token)
            };
        }
        match &self.failure {
            Some(failure) if now < failure.until => TokenState::Failed(Arc::clone(&failure.error)),
            _ => TokenState::Missing,
        }
    }

    /// How things stand for a caller that has waited for the gate since `renewals` renewals: a failure that it waited
    /// for is its failure too.
    pub(crate) fn token_state_since(&self, renewals: u64, now: Instant) -> TokenState {
        match (self.token_state(now), &self.failure) {
            (TokenState::Missing, Some(failure)) if self.renewals != renewals => {
                TokenState::Failed(Arc::clone(&failure.error))
            }
            (token_state, _) => token_state,
        }
    }

    pub(crate) fn renewals(&self) -> u64 {
        self.renewals
    }

    pub(crate) fn rejected(&self) -> Option<&AccessToken> {
        self.rejected.as_ref()
    }

    pub(crate) fn held(&self) -> Option<&Held> {
        self.held.as_ref()
    }

    /// A renewal brought a token.
    pub(crate) fn renewed(&mut self, grant: Issued, now: Instant) {
        let repeated = self
            .rejected
            .as_ref()
            .is_some_and(|rejected| rejected.same_text(&grant.token));
        if !repeated {
            self.rejected = None;
        }
        let expires_at = now + grant.left;
        self.held = Some(Held {
            token: grant.token,
            origin: grant.origin,
            expires_at,
            refresh_at: expires_at
                .checked_sub(margin(grant.lifetime))
                .map_or(now, |at| at.max(now)),
            repeated_until: repeated.then(|| now + REPEATED_DELAY),
        });
        self.failure = None;
        self.failures = 0;
        self.renewals += 1;
    }

    /// A token was found where other processes leave theirs. It counts if it is not the rejected one and lives longer
    /// than the one at hand.
    pub(crate) fn found(&mut self, grant: Issued, now: Instant) {
        let newer = self
            .held
            .as_ref()
            .is_none_or(|held| held.expires_at < now + grant.left);
        let rejected = self
            .rejected
            .as_ref()
            .is_some_and(|rejected| rejected.same_text(&grant.token));
        if newer && !rejected && !grant.left.is_zero() {
            self.renewed(grant, now);
        }
    }

    /// A renewal failed. `spread` is a random number from 0 to 1.
    pub(crate) fn failed(&mut self, error: &Arc<Error>, now: Instant, spread: f64) {
        self.renewals += 1;
        self.failures = self.failures.saturating_add(1);
        let hint = error.retry_after().unwrap_or_default().min(MAX_HINT);
        if self.postpone(now, spread, hint) {
            return;
        }
        let pause = if passes(error) {
            // The first may be chance, and has been tried again already.
            let doublings = self.failures.saturating_sub(2).min(16);
            let longest = (PASSING_DELAY * (1 << doublings)).min(TERMINAL_DELAY.1);
            if self.failures < 2 {
                Duration::ZERO
            } else {
                longest.mul_f64(0.5 + spread / 2.0)
            }
        } else {
            TERMINAL_DELAY.0 + (TERMINAL_DELAY.1 - TERMINAL_DELAY.0).mul_f64(spread)
        };
        self.failure = Some(Failure {
            error: Arc::clone(error),
            until: now + pause.max(hint),
        });
    }

    /// Puts off the early renewal, if there is a valid token to go on with; whether there is.
    pub(crate) fn postpone(&mut self, now: Instant, spread: f64, at_least: Duration) -> bool {
        let Some(held) = self.held.as_mut().filter(|held| now < held.expires_at) else {
            return false;
        };
        let longest = EARLY_DELAY * (1 << self.failures.saturating_sub(1).min(8));
        let pause = longest.min(MAX_EARLY_DELAY).mul_f64(0.5 + spread / 2.0);
        held.refresh_at = (now + pause.max(at_least)).min(held.expires_at);
        true
    }

    /// `token` was rejected. It goes only if it is the one in use: a late rejection must not evict its successor.
    /// False if there is no way to another token for now.
    pub(crate) fn reject(&mut self, token: &AccessToken, now: Instant) -> bool {
        match &self.held {
            Some(held) if held.token.same_grant(token) => {
                if held.repeated_until.is_some_and(|until| now < until) {
                    return false;
                }
                self.rejected = self.held.take().map(|held| held.token);
                true
            }
            _ => true,
        }
    }
}

/// Whether the same request may succeed soon.
fn passes(error: &Error) -> bool {
    error.advice() == Advice::Backoff
}
