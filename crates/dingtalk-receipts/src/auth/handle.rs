//! What calls hold on to when they need an access token.

use std::sync::Arc;
use std::time::Instant;

use super::cache::Cache;
use super::grant::TokenOrigin;
use super::info::TokenInfo;
use super::owner::Owner;
use super::token::AccessToken;
use crate::error::{Redactor, Result};

/// Where a call takes its access token from. Clones share it.
#[derive(Debug, Clone)]
pub(crate) enum Auth {
    /// One token, as the user gave it.
    Static(AccessToken, Arc<Owner>),
    /// Tokens that a source issues.
    Issued(Arc<Cache>),
}

impl Auth {
    /// A token that is good as far as this side knows. `deadline` is when the caller gives up.
    pub(crate) async fn token(&self, deadline: Instant) -> Result<AccessToken> {
        match self {
            Self::Static(token, _) => Ok(token.clone()),
            Self::Issued(cache) => match cache.fresh() {
                Some(token) => Ok(token),
                // On the heap, so that the calls which do not come here are not as large as those that do.
                None => Box::pin(cache.token(deadline)).await,
            },
        }
    }

    /// DingTalk rejected `token`. False if there is no way to another one.
    pub(crate) fn reject(&self, token: &AccessToken) -> bool {
        match self {
            Self::Static(..) => false,
            Self::Issued(cache) => cache.reject(token),
        }
    }

    /// Adds the secrets behind the tokens to those that texts must not show.
    pub(crate) fn hide<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a> {
        match self {
            Self::Static(token, _) => redactor.hide(token.expose()),
            Self::Issued(cache) => cache.hide(redactor),
        }
    }

    /// A token, and what is known of it.
    pub(crate) async fn info(&self, deadline: Instant) -> Result<TokenInfo> {
        let token = self.token(deadline).await?;
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
