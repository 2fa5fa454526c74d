//! What a source of tokens gave.

use std::time::Duration;

use crate::access_token::AccessToken;

/// A token, and how long it lives from now on.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) token: AccessToken,
    /// What is left of its life.
    pub(crate) left: Duration,
    /// All of its life, which the margin of its renewal is a share of.
    pub(crate) lifetime: Duration,
    pub(crate) origin: TokenOrigin,
}

impl Grant {
    /// A token that was just issued.
    pub(crate) fn issued(token: AccessToken, lifetime: Duration) -> Self {
        Self {
            token,
            left: lifetime,
            lifetime,
            origin: TokenOrigin::Issued,
        }
    }
}

/// Where the access token that is in use came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenOrigin {
    /// It was given to the client as it is.
    Given,
    /// It was issued to this client, by DingTalk or by the user's own provider.
    Issued,
    /// Another client or process had got it, and put it into the [store](crate::TokenStore).
    Stored,
}
