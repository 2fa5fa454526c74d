//! What may be said of an access token: whose it is, where it came from, and how long it lives.

use std::fmt;
use std::time::{Duration, SystemTime};

use crate::access_token::AccessToken;

/// Whose the access token in use is, and how long it lives. From [`Client::token_info`](crate::Client::token_info).
#[derive(Debug, Clone)]
pub struct TokenInfo {
    pub(crate) subject: TokenSubject,
    pub(crate) token: AccessToken,
    pub(crate) expires: Option<(SystemTime, Duration)>,
    pub(crate) origin: TokenOrigin,
}

impl TokenInfo {
    /// The kind of credentials in words: `internal app`, `third-party app`, `app`, `token provider`, `static token`.
    pub fn kind(&self) -> &str {
        self.subject.kind
    }

    /// The app's key (client id, suite key), if the credentials have one.
    pub fn app_key(&self) -> Option<&str> {
        self.subject.key.as_deref()
    }

    /// The corp that the token is for, if the credentials name one.
    pub fn corp_id(&self) -> Option<&str> {
        self.subject.corp.as_deref()
    }

    /// The address that the token is for. It is not valid at others.
    pub fn base_url(&self) -> &str {
        &self.subject.base_url
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

/// Whose token it is, and where it is valid. Nothing of it is a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenSubject {
    /// In words: `internal app`.
    pub(crate) kind: &'static str,
    /// The app's key.
    pub(crate) key: Option<String>,
    pub(crate) corp: Option<String>,
    /// The address that issued it.
    pub(crate) base_url: String,
}

impl fmt::Display for TokenSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)?;
        if let Some(key) = &self.key {
            write!(f, " `{}`", key.escape_debug())?;
        }
        if let Some(corp) = &self.corp {
            write!(f, " in the corp `{}`", corp.escape_debug())?;
        }
        Ok(())
    }
}
