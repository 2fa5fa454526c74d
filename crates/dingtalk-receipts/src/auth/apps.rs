//! Apps, as DingTalk's token operations know them.

use std::fmt;
use std::sync::Arc;

use dingtalk_receipts_api::Secret;

use super::provider::TicketSource;
use crate::error::{Error, Result};
use crate::text::is_control;

/// An app of one organisation, by its key and secret: `POST /v1.0/oauth2/accessToken`.
///
/// While its token is valid, asking again gives the same token and a longer life (KB 0033), so several processes do
/// not get in each other's way.
#[derive(Clone)]
pub struct InternalApp {
    key: String,
    secret: Secret,
}

impl InternalApp {
    /// The app's key (also called client id) and secret, from DingTalk's developer console. What is wrong with them,
    /// [`build`](crate::ClientBuilder::build) says as far as it can be seen.
    pub fn new(app_key: impl Into<String>, app_secret: impl Into<String>) -> Self {
        Self {
            key: app_key.into(),
            secret: Secret::from(app_secret.into()),
        }
    }
}

/// A third-party (suite) app, for a corp that has installed it: `POST /v1.0/oauth2/corpAccessToken`.
///
/// Each time DingTalk is asked it gives a new token (KB 0034), and nobody says whether the one before stays valid:
/// where several processes serve one corp, give them a [`TokenStore`](crate::TokenStore) in common.
#[derive(Clone)]
pub struct ThirdPartyApp {
    key: String,
    secret: Secret,
    tickets: Arc<dyn TicketSource>,
    corp: String,
}

impl ThirdPartyApp {
    /// The suite's key and secret, where its newest ticket comes from, and the corp. Other corps are served by
    /// [`for_corp`](crate::Client::for_corp).
    pub fn new(
        suite_key: impl Into<String>,
        suite_secret: impl Into<String>,
        tickets: impl TicketSource,
        corp_id: impl Into<String>,
    ) -> Self {
        Self {
            key: suite_key.into(),
            secret: Secret::from(suite_secret.into()),
            tickets: Arc::new(tickets),
            corp: corp_id.into(),
        }
    }
}

/// An app for a corp by client credentials, internal or third-party: `POST /v1.0/oauth2/{corpId}/token`, the way that
/// DingTalk recommends (KB 0037).
#[derive(Clone)]
pub struct CorpApp {
    id: String,
    secret: Secret,
    corp: String,
}

impl CorpApp {
    /// The app's client id and client secret, and the organisation that it runs in. Other corps are served by
    /// [`for_corp`](crate::Client::for_corp).
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        corp_id: impl Into<String>,
    ) -> Self {
        Self {
            id: client_id.into(),
            secret: Secret::from(client_secret.into()),
            corp: corp_id.into(),
        }
    }
}

impl fmt::Debug for InternalApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InternalApp")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ThirdPartyApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThirdPartyApp")
            .field("key", &self.key)
            .field("corp", &self.corp)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for CorpApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CorpApp")
            .field("id", &self.id)
            .field("corp", &self.corp)
            .finish_non_exhaustive()
    }
}

/// Any of them.
#[derive(Debug, Clone)]
pub(crate) enum App {
    Internal(InternalApp),
    ThirdParty(ThirdPartyApp),
    Corp(CorpApp),
}

/// What a token operation is given. The ticket is not among it: it changes.
pub(crate) struct Fields<'a> {
    pub(crate) key: &'a str,
    pub(crate) secret: &'a Secret,
    pub(crate) corp: Option<&'a str>,
    pub(crate) tickets: Option<&'a dyn TicketSource>,
}

impl App {
    /// In words.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Internal(_) => "internal app",
            Self::ThirdParty(_) => "third-party app",
            Self::Corp(_) => "app",
        }
    }

    pub(crate) fn fields(&self) -> Fields<'_> {
        match self {
            Self::Internal(app) => Fields {
                key: &app.key,
                secret: &app.secret,
                corp: None,
                tickets: None,
            },
            Self::ThirdParty(app) => Fields {
                key: &app.key,
                secret: &app.secret,
                corp: Some(&app.corp),
                tickets: Some(&*app.tickets),
            },
            Self::Corp(app) => Fields {
                key: &app.id,
                secret: &app.secret,
                corp: Some(&app.corp),
                tickets: None,
            },
        }
    }

    /// The same app in another corp; `None` if it has but one.
    pub(crate) fn in_corp(&self, corp: &str) -> Option<Self> {
        let corp = corp.to_owned();
        match self.clone() {
            Self::Internal(_) => None,
            Self::ThirdParty(app) => Some(Self::ThirdParty(ThirdPartyApp { corp, ..app })),
            Self::Corp(app) => Some(Self::Corp(CorpApp { corp, ..app })),
        }
    }

    /// Finds what cannot be right without asking DingTalk.
    pub(crate) fn check(&self) -> Result<()> {
        let (key, secret) = match self {
            Self::Internal(_) => ("app key", "app secret"),
            Self::ThirdParty(_) => ("suite key", "suite secret"),
            Self::Corp(_) => ("client id", "client secret"),
        };
        let fields = self.fields();
        check_text(key, fields.key)?;
        check_text(secret, fields.secret.expose())?;
        fields.corp.map_or(Ok(()), check_corp)
    }
}

/// Finds what cannot be a corp's id.
pub(crate) fn check_corp(corp: &str) -> Result<()> {
    check_text("corp id", corp)?;
    if matches!(corp, "." | "..") {
        return Err(Error::configuration(format!("the corp id is `{corp}`")));
    }
    Ok(())
}

fn check_text(name: &str, text: &str) -> Result<()> {
    if text.is_empty() {
        return Err(Error::configuration(format!("the {name} is empty")));
    }
    if text.trim() != text || text.contains(is_control) {
        return Err(Error::configuration(format!(
            "the {name} holds a control character, or white space at an end; was a line break read with it?"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_right_is_named_and_not_shown() {
        let internal = |key: &str, secret: &str| App::Internal(InternalApp::new(key, secret));
        let corp = |corp: &str| App::Corp(CorpApp::new("id", "s3cret", corp));
        for (app, said) in [
            (internal("", "s3cret"), "the app key is empty"),
            (internal("key", ""), "the app secret is empty"),
            (internal("key", "s3cret\n"), "was a line break read with it"),
            (corp(""), "the corp id is empty"),
            (corp(".."), "the corp id is `..`"),
        ] {
            let error = app.check().unwrap_err();
            assert!(error.is_invalid_input());
            assert!(error.to_string().contains(said), "{error}");
            assert!(!format!("{error} {error:#?} {app:?}").contains("s3cret"));
        }
        internal("key", "s3cret").check().unwrap();
        corp("ding/1 %?").check().unwrap();
    }
}
