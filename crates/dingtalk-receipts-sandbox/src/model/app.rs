//! Apps: who may ask for access tokens, and what the tokens allow.

use std::net::IpAddr;
use std::time::Duration;

/// The corp of everything that names none.
pub const DEFAULT_CORP: &str = "dingsandboxcorp";

/// The permission that the read-status query needs.
pub const PERMISSION: &str = "qyapi_robot_sendmsg";

/// Which kind of app it is; each kind has its own token operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AppKind {
    Internal,
    ThirdParty,
}

/// An app. Built with [`App::internal`] or [`App::third_party`] and given to
/// [`SandboxBuilder::app`](crate::SandboxBuilder::app).
#[derive(Clone)]
pub struct App {
    pub(crate) kind: AppKind,
    pub(crate) key: String,
    pub(crate) secret: String,
    pub(crate) corps: Vec<String>,
    pub(crate) any_corp: bool,
    pub(crate) ticket: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) addresses: Option<Vec<IpAddr>>,
    pub(crate) lifetime: Duration,
    pub(crate) old_tokens_survive: bool,
    pub(crate) unauthorized_status: u16,
}

impl App {
    /// An internal app of the default corp: key and secret, the permission that the query needs, tokens that live
    /// 7,200 seconds.
    pub fn internal(key: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::new(AppKind::Internal, key.into(), secret.into())
    }

    /// A third-party (suite) app. Add each corp that installed it with [`corp`](Self::corp).
    pub fn third_party(suite_key: impl Into<String>, suite_secret: impl Into<String>) -> Self {
        Self::new(AppKind::ThirdParty, suite_key.into(), suite_secret.into())
    }

    fn new(kind: AppKind, key: String, secret: String) -> Self {
        Self {
            kind,
            key,
            secret,
            corps: Vec::new(),
            any_corp: false,
            ticket: None,
            scopes: vec![PERMISSION.to_owned()],
            addresses: None,
            lifetime: Duration::from_secs(7_200),
            old_tokens_survive: true,
            unauthorized_status: 401,
        }
    }

    /// A corp that the app runs in. An app without any runs in [`DEFAULT_CORP`].
    #[must_use]
    pub fn corp(mut self, corp_id: impl Into<String>) -> Self {
        self.corps.push(corp_id.into());
        self
    }

    /// Takes any corp id that a token is asked for, and issues a token of the app's first corp for it. For demos, whose
    /// users have no corp id at hand.
    #[must_use]
    pub fn any_corp(self) -> Self {
        Self {
            any_corp: true,
            ..self
        }
    }

    /// The ticket that the suite must show. Without one, any ticket will do, as for the vendor's custom apps.
    #[must_use]
    pub fn ticket(self, ticket: impl Into<String>) -> Self {
        Self {
            ticket: Some(ticket.into()),
            ..self
        }
    }

    /// The permissions of the app, instead of [`PERMISSION`] alone.
    #[must_use]
    pub fn scopes<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        Self {
            scopes: scopes.into_iter().map(Into::into).collect(),
            ..self
        }
    }

    /// The only addresses that the app may be called from. Others are answered
    /// `Forbidden.AccessDenied.IpNotInWhiteList`.
    #[must_use]
    pub fn addresses(self, allowed: impl IntoIterator<Item = IpAddr>) -> Self {
        Self {
            addresses: Some(allowed.into_iter().collect()),
            ..self
        }
    }

    /// How long a token of the app lives, in whole seconds; 7,200 s unless said otherwise.
    #[must_use]
    pub fn token_lifetime(self, lifetime: Duration) -> Self {
        Self { lifetime, ..self }
    }

    /// Whether a suite's older token lives on when a new one is issued. It does unless said otherwise; the vendor's
    /// documents leave it open.
    #[must_use]
    pub fn old_tokens_survive(self, survive: bool) -> Self {
        Self {
            old_tokens_survive: survive,
            ..self
        }
    }

    /// The status of `unauthorized.client`, which the vendor's pages give as 401 or as 400. 401 unless said otherwise.
    #[must_use]
    pub fn unauthorized_status(self, status: u16) -> Self {
        Self {
            unauthorized_status: status,
            ..self
        }
    }

    /// The corp that a token for `corp` belongs to, if the app may have one.
    pub(crate) fn corp_for<'a>(&'a self, corp: &'a str) -> Option<&'a str> {
        let known = if self.corps.is_empty() {
            corp == DEFAULT_CORP
        } else {
            self.corps.iter().any(|known| known == corp)
        };
        if known {
            Some(corp)
        } else {
            self.any_corp.then(|| self.home())
        }
    }

    pub(crate) fn home(&self) -> &str {
        self.corps.first().map_or(DEFAULT_CORP, String::as_str)
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("kind", &self.kind)
            .field("key", &self.key)
            .field("corps", &self.corps)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
