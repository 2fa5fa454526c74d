//! Where the executor takes access tokens from.

use std::fmt;
use std::time::Instant;

use crate::access_token::AccessToken;
use crate::error::{Redactor, Result};
use crate::future::BoxFuture;

/// Where a call takes its access tokens from.
pub(crate) trait TokenSource: fmt::Debug + Send + Sync {
    /// The token, if nothing needs doing. Most calls come here and no further: it allocates nothing and waits for
    /// nothing.
    fn fresh(&self) -> Option<AccessToken>;

    /// The token, after a renewal if one is due. `deadline` is when the caller gives up.
    fn token(&self, deadline: Instant) -> BoxFuture<'_, Result<AccessToken>>;

    /// The server rejected `token`. False if there is no way to another one.
    fn reject(&self, token: &AccessToken) -> bool;

    /// Adds the secrets behind the tokens to those that texts must not show.
    fn redact<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a>;
}
