//! What may be said of the token in use.

use std::time::{Duration, SystemTime};

use super::grant::TokenOrigin;
use super::owner::Owner;
use crate::access_token::AccessToken;

/// Whose the access token in use is, and how long it lives. From [`Client::token_info`](crate::Client::token_info).
#[derive(Debug, Clone)]
pub struct TokenInfo {
    pub(crate) owner: Owner,
    pub(crate) token: AccessToken,
    pub(crate) expires: Option<(SystemTime, Duration)>,
    pub(crate) origin: TokenOrigin,
}

impl TokenInfo {
    /// The kind of credentials in words: `internal app`, `third-party app`, `app`, `token provider`, `static token`.
    pub fn kind(&self) -> &str {
        self.owner.kind
    }

    /// The app's key (client id, suite key), if the credentials have one.
    pub fn app_key(&self) -> Option<&str> {
        self.owner.key.as_deref()
    }

    /// The corp that the token is for, if the credentials name one.
    pub fn corp_id(&self) -> Option<&str> {
        self.owner.corp.as_deref()
    }

    /// The address that the token is for. It is not valid at others.
    pub fn base_url(&self) -> &str {
        &self.owner.base_url
    }

    /// When the token ends, by the wall clock; `None` for a static token, of which nobody knows.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires.map(|(at, _)| at)
    }

    /// How much longer the token lives.
    pub fn expires_in(&self) -> Option<Duration> {
        self.expires.map(|(_, left)| left)
    }

    /// Where the client has it from.
    pub fn origin(&self) -> TokenOrigin {
        self.origin
    }

    /// The token itself.
    pub fn token(&self) -> &AccessToken {
        &self.token
    }
}
