//! The kinds of credentials that a client takes.

use std::fmt;

use super::Auth;
use super::token::AccessToken;
use crate::error::Result;

/// A token that somebody else got and looks after.
#[derive(Debug, Clone)]
pub struct StaticToken(AccessToken);

impl StaticToken {
    /// The token as DingTalk gave it. What is wrong with it, [`build`](crate::ClientBuilder::build) says.
    pub fn new(token: AccessToken) -> Self {
        Self(token)
    }
}

/// Where a client gets its access tokens from.
#[derive(Clone)]
pub struct Credentials {
    source: Source,
}

#[derive(Clone)]
enum Source {
    Static(AccessToken),
}

impl Credentials {
    /// What calls ask.
    pub(crate) fn into_auth(self) -> Result<Auth> {
        match self.source {
            Source::Static(token) => Ok(Auth::Static(token)),
        }
    }
}

impl From<StaticToken> for Credentials {
    fn from(StaticToken(token): StaticToken) -> Self {
        Self {
            source: Source::Static(token),
        }
    }
}

impl From<AccessToken> for Credentials {
    fn from(token: AccessToken) -> Self {
        Self {
            source: Source::Static(token),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Static(_) => f.write_str("Credentials(static token)"),
        }
    }
}
