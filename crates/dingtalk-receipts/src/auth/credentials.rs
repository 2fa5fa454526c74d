//! What users give a client so that it has access tokens.

use std::fmt;
use std::sync::Arc;

use dingtalk_receipts_api::Secret;

use super::apps::{App, CorpApp, InternalApp, ThirdPartyApp};
use super::provider::TokenProvider;
use crate::access_token::AccessToken;

#[doc = include_str!("credentials.md")]
#[derive(Clone)]
pub struct Credentials(CredentialsKind);

#[derive(Clone)]
pub(crate) enum CredentialsKind {
    Static(Secret),
    App(App),
    Provider(Arc<dyn TokenProvider>),
}

/// A token that somebody else got and looks after. When DingTalk rejects it, that is the call's error.
#[derive(Clone)]
pub struct StaticToken(Secret);

impl StaticToken {
    /// The token as DingTalk gave it. What is wrong with it, [`build`](crate::ClientBuilder::build) says as far as it
    /// can be seen.
    pub fn new(token: impl Into<String>) -> Self {
        Self(Secret::from(token.into()))
    }
}

impl Credentials {
    pub(crate) fn into_kind(self) -> CredentialsKind {
        self.0
    }
}

impl From<StaticToken> for Credentials {
    fn from(StaticToken(token): StaticToken) -> Self {
        Self(CredentialsKind::Static(token))
    }
}

impl From<AccessToken> for Credentials {
    fn from(token: AccessToken) -> Self {
        Self(CredentialsKind::Static(token.secret().clone()))
    }
}

impl From<InternalApp> for Credentials {
    fn from(app: InternalApp) -> Self {
        Self(CredentialsKind::App(App::Internal(app)))
    }
}

impl From<ThirdPartyApp> for Credentials {
    fn from(app: ThirdPartyApp) -> Self {
        Self(CredentialsKind::App(App::ThirdParty(app)))
    }
}

impl From<CorpApp> for Credentials {
    fn from(app: CorpApp) -> Self {
        Self(CredentialsKind::App(App::Corp(app)))
    }
}

impl<P: TokenProvider> From<P> for Credentials {
    fn from(provider: P) -> Self {
        Self(CredentialsKind::Provider(Arc::new(provider)))
    }
}

impl fmt::Debug for StaticToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaticToken([redacted])")
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            CredentialsKind::Static(_) => f.write_str("Credentials(static token)"),
            CredentialsKind::App(app) => write!(f, "Credentials({app:?})"),
            CredentialsKind::Provider(_) => f.write_str("Credentials(token provider)"),
        }
    }
}
