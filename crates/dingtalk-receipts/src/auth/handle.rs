//! Where calls take their access tokens from.

use std::future::ready;
use std::sync::Arc;
use std::time::Instant;

use super::cache::Cache;
use super::grant::TokenOrigin;
use super::info::TokenInfo;
use super::owner::Owner;
use crate::access_token::AccessToken;
use crate::error::{Redactor, Result};
use crate::executor::TokenSource;
use crate::future::BoxFuture;

/// Where a call takes its access token from. Clones share it.
#[derive(Debug, Clone)]
pub(crate) enum Auth {
    /// One token, as the user gave it.
    Static(AccessToken, Arc<Owner>),
    /// Tokens that a source issues.
    Issued(Arc<Cache>),
}

impl Auth {
    /// A token, and what is known of it.
    pub(crate) async fn info(&self, deadline: Instant) -> Result<TokenInfo> {
        let token = match self.fresh() {
            Some(token) => token,
            None => self.token(deadline).await?,
        };
        let (owner, life) = match self {
            Self::Static(_, owner) => ((**owner).clone(), None),
            Self::Issued(cache) => (cache.source().owner().clone(), cache.life(&token)),
        };
        let origin = match (self, life) {
            (Self::Static(..), _) => TokenOrigin::Given,
            (Self::Issued(_), life) => life.map_or(TokenOrigin::Issued, |(_, _, origin)| origin),
        };
        Ok(TokenInfo {
            owner,
            token,
            expires: life.map(|(at, left, _)| (at, left)),
            origin,
        })
    }
}

impl TokenSource for Auth {
    fn fresh(&self) -> Option<AccessToken> {
        match self {
            Self::Static(token, _) => Some(token.clone()),
            Self::Issued(cache) => cache.fresh(),
        }
    }

    fn token(&self, deadline: Instant) -> BoxFuture<'_, Result<AccessToken>> {
        match self {
            Self::Static(token, _) => Box::pin(ready(Ok(token.clone()))),
            Self::Issued(cache) => Box::pin(cache.token(deadline)),
        }
    }

    fn reject(&self, token: &AccessToken) -> bool {
        match self {
            Self::Static(..) => false,
            Self::Issued(cache) => cache.reject(token),
        }
    }

    fn redact<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a> {
        match self {
            Self::Static(token, _) => redactor.hide(token.expose()),
            Self::Issued(cache) => cache.hide(redactor),
        }
    }
}
