//! Access tokens: where they come from, and how long they are used.

mod credentials;
mod token;

pub use credentials::{Credentials, StaticToken};
pub use token::AccessToken;

use crate::error::{Error, Result};

/// What a call asks for its access token.
#[derive(Debug, Clone)]
pub(crate) enum Auth {
    /// One token, as the user gave it.
    Static(AccessToken),
}

impl Auth {
    /// A token that is good as far as this side knows.
    pub(crate) async fn token(&self) -> Result<AccessToken> {
        match self {
            Self::Static(token) => Ok(token.clone()),
        }
    }

    /// DingTalk rejected `token`. False if there is no way to another one.
    pub(crate) fn reject(&self, _token: &AccessToken) -> bool {
        match self {
            Self::Static(_) => false,
        }
    }
}

/// No credentials were given.
pub(crate) fn missing() -> Error {
    Error::configuration(
        "the client has no credentials; give `.credentials(..)` a token or an app's key and secret",
    )
}
