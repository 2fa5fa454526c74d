//! Tokens and suite tickets from the user's own code.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use dingtalk_receipts_api::Secret;

use super::cache::Source;
use super::issued::{DOCUMENTED, Issued, bounded};
use super::token_info::TokenSubject;
use crate::access_token::AccessToken;
use crate::error::{Advice, Error, Kind, Result};
use crate::future::BoxFuture;
use crate::text::one_line;

/// Gets access tokens in a way of its own: from a service of the company, a vault, another library.
///
/// The client caches what it gives, and asks again before a token ends or after DingTalk rejected one: single flight,
/// early renewal and the memory for failures are the client's. Give it to
/// [`credentials`](crate::ClientBuilder::credentials) like any other credentials.
///
/// ```
/// use dingtalk_receipts::{BoxFuture, Client, IssuedToken, ProviderError, TokenAsk, TokenProvider};
/// use std::time::Duration;
///
/// struct Vault;
///
/// impl TokenProvider for Vault {
///     fn token<'a>(&'a self, _: TokenAsk<'a>) -> BoxFuture<'a, Result<IssuedToken, ProviderError>> {
///         Box::pin(async {
///             let text = std::env::var("DINGTALK_TOKEN").map_err(ProviderError::terminal)?;
///             Ok(IssuedToken::new(text).expires_in(Duration::from_secs(600)))
///         })
///     }
/// }
///
/// # fn run() -> dingtalk_receipts::Result<()> {
/// let client = Client::builder().credentials(Vault).build()?;
/// # Ok(())
/// # }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Gets a token. Dropped if it takes longer than the client waits for a token.
    fn token<'a>(&'a self, ask: TokenAsk<'a>) -> BoxFuture<'a, Result<IssuedToken, ProviderError>>;

    /// Whether it has tokens for several corps, so that [`for_corp`](crate::Client::for_corp) makes sense. Defaults
    /// to false.
    fn has_corps(&self) -> bool {
        false
    }
}

impl<P: TokenProvider + ?Sized> TokenProvider for Arc<P> {
    fn token<'a>(&'a self, ask: TokenAsk<'a>) -> BoxFuture<'a, Result<IssuedToken, ProviderError>> {
        (**self).token(ask)
    }

    fn has_corps(&self) -> bool {
        (**self).has_corps()
    }
}

impl<P: TokenProvider + ?Sized> TokenProvider for Box<P> {
    fn token<'a>(&'a self, ask: TokenAsk<'a>) -> BoxFuture<'a, Result<IssuedToken, ProviderError>> {
        (**self).token(ask)
    }

    fn has_corps(&self) -> bool {
        (**self).has_corps()
    }
}

/// What a [`TokenProvider`] is asked for.
#[derive(Debug, Clone, Copy)]
pub struct TokenAsk<'a> {
    corp: Option<&'a str>,
    rejected: Option<&'a AccessToken>,
}

impl<'a> TokenAsk<'a> {
    /// The corp that the token is for, if the client is one [for a corp](crate::Client::for_corp).
    pub fn corp_id(&self) -> Option<&'a str> {
        self.corp
    }

    /// The token that DingTalk has just rejected, if that is why a new one is wanted: the same again is of no use.
    pub fn rejected(&self) -> Option<&'a AccessToken> {
        self.rejected
    }
}

/// A token that a [`TokenProvider`] got.
#[derive(Debug)]
pub struct IssuedToken {
    token: Result<AccessToken>,
    lifetime: Duration,
}

impl IssuedToken {
    /// A token as DingTalk gave it, good for 7,200 s by default.
    pub fn new(token: impl Into<String>) -> Self {
        Self {
            token: AccessToken::new(token),
            lifetime: DOCUMENTED,
        }
    }

    /// How much longer it is good. Less than a second counts as 7,200 s, more than a day as a day.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }
}

/// Why a [`TokenProvider`] or a [`TicketSource`](crate::TicketSource) has nothing to give. Any error becomes one by
/// `?`, as a passing failure.
pub struct ProviderError {
    terminal: bool,
    cause: Box<dyn StdError + Send + Sync>,
}

impl ProviderError {
    /// A failure that asking again does not mend: wrong credentials. It is remembered for some seconds.
    pub fn terminal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            terminal: true,
            cause: cause.into(),
        }
    }

    /// A failure that may be over soon: a network that is down.
    pub fn passing(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            terminal: false,
            cause: cause.into(),
        }
    }

    /// Whether asking again is of no use.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// As the crate's error: `whose` failed, and why, in the words of the cause and of its own causes.
    pub(crate) fn into_error(self, whose: &str) -> Error {
        let advice = if self.terminal {
            Advice::Never
        } else {
            Advice::Backoff
        };
        let causes: &(dyn StdError + 'static) = &*self.cause;
        let text = std::iter::successors(Some(causes), |&cause| cause.source())
            .map(|cause| one_line(&cause.to_string(), MAX_CAUSE_BYTES))
            .fold(format!("{whose} failed"), |text, cause| {
                format!("{text}: {cause}")
            });
        Error::new(Kind::Credentials, one_line(&text, MAX_CAUSE_BYTES))
            .caused_by(self.cause)
            .with(|details| details.advice = advice)
    }
}

/// The longest text of a provider's error that is shown, in bytes.
const MAX_CAUSE_BYTES: usize = 1024;

impl<E: StdError + Send + Sync + 'static> From<E> for ProviderError {
    fn from(error: E) -> Self {
        Self::passing(error)
    }
}

impl fmt::Debug for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderError")
            .field("terminal", &self.terminal)
            .field("cause", &self.cause.to_string())
            .finish()
    }
}

/// A provider as the source of a cache.
pub(crate) struct Provided {
    pub(crate) provider: Arc<dyn TokenProvider>,
    pub(crate) subject: TokenSubject,
}

impl Source for Provided {
    fn fetch<'a>(&'a self, rejected: Option<&'a AccessToken>) -> BoxFuture<'a, Result<Issued>> {
        Box::pin(async move {
            let ask = TokenAsk {
                corp: self.subject.corp.as_deref(),
                rejected,
            };
            let issued = self
                .provider
                .token(ask)
                .await
                .map_err(|error| error.into_error("the token provider"))?;
            let token = issued.token.map_err(|error| {
                let text = format!("the token provider gave no usable token: {error}");
                Error::new(Kind::Credentials, text).caused_by(error)
            })?;
            Ok(Issued::new(token, bounded(issued.lifetime)))
        })
    }

    fn subject(&self) -> &TokenSubject {
        &self.subject
    }
}

impl fmt::Debug for Provided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provided")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

/// Knows the newest suite ticket. DingTalk pushes a new one to the app about every five hours (KB 0034), so it is
/// asked for before each token.
///
/// A function that returns a text is one, and so is a text, which does for custom apps: they may use any. Where the
/// ticket is in a database or needs waiting for, implement this.
///
/// ```
/// use dingtalk_receipts::ThirdPartyApp;
/// use std::sync::{Arc, RwLock};
///
/// // Filled by what receives DingTalk's pushes.
/// let newest = Arc::new(RwLock::new(String::new()));
/// let tickets = move || newest.read().map(|ticket| ticket.clone()).unwrap_or_default();
/// let app = ThirdPartyApp::new("suite key", "suite secret", tickets, "corp id");
/// ```
pub trait TicketSource: Send + Sync + 'static {
    /// The newest ticket. An empty text means that none has come yet.
    fn ticket(&self) -> BoxFuture<'_, Result<String, ProviderError>>;
}

impl<F, T> TicketSource for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Into<String>,
{
    fn ticket(&self) -> BoxFuture<'_, Result<String, ProviderError>> {
        let ticket = self().into();
        Box::pin(async move { Ok(ticket) })
    }
}

impl TicketSource for String {
    fn ticket(&self) -> BoxFuture<'_, Result<String, ProviderError>> {
        Box::pin(async move { Ok(self.clone()) })
    }
}

impl TicketSource for &'static str {
    fn ticket(&self) -> BoxFuture<'_, Result<String, ProviderError>> {
        Box::pin(async move { Ok((*self).to_owned()) })
    }
}

/// The newest ticket, or why there is none.
pub(crate) async fn newest_ticket(source: &dyn TicketSource) -> Result<Secret> {
    let ticket = source
        .ticket()
        .await
        .map_err(|error| error.into_error("the source of suite tickets"))?;
    let ticket = Secret::from(ticket);
    if ticket.is_empty() {
        let text = "the source of suite tickets has none yet; DingTalk pushes one to the app about every five hours";
        return Err(
            Error::new(Kind::Credentials, text).with(|details| details.advice = Advice::Backoff)
        );
    }
    Ok(ticket)
}
