//! Access tokens of one client: those of its own credentials, and those of other corps. Calls take them from [`Auth`].

use std::fmt;
use std::future::ready;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use dingtalk_receipts_api as api;
use lru::LruCache;

use super::apps::{App, check_corp};
use super::cache::{Cache, Source};
use super::credentials::{Credentials, CredentialsKind};
use super::endpoint::Endpoint;
use super::provider::Provided;
use super::store::{StoreClient, TokenStore};
use super::token_info::{TokenInfo, TokenOrigin, TokenSubject};
use crate::access_token::AccessToken;
use crate::error::{Error, Redactor, Result};
use crate::executor::{Backoff, Executor, Limits, RetryPolicy, TokenSource};
use crate::future::BoxFuture;

/// Where a call takes its access token from. Clones share it.
#[derive(Debug, Clone)]
pub(crate) enum Auth {
    /// One token, as the user gave it.
    Static(AccessToken, Arc<TokenSubject>),
    /// Tokens that a source issues.
    Issued(Arc<Cache>),
}

impl Auth {
    /// A token, and what is known of it.
    pub(crate) async fn info(&self, deadline: Instant) -> Result<TokenInfo> {
        let token = match self.fresh() {
            Some(token) => token,
            None => self.token(deadline).await?,
        };
        let (subject, life) = match self {
            Self::Static(_, subject) => ((**subject).clone(), None),
            Self::Issued(cache) => (cache.source().subject().clone(), cache.life(&token)),
        };
        let origin = match (self, life) {
            (Self::Static(..), _) => TokenOrigin::Given,
            (Self::Issued(_), life) => life.map_or(TokenOrigin::Issued, |(_, _, origin)| origin),
        };
        Ok(TokenInfo {
            subject,
            token,
            expires: life.map(|(at, left, _)| (at, left)),
            origin,
        })
    }
}

impl TokenSource for Auth {
    fn fresh(&self) -> Option<AccessToken> {
        match self {
            Self::Static(token, _) => Some(token.clone()),
            Self::Issued(cache) => cache.fresh(),
        }
    }

    fn token(&self, deadline: Instant) -> BoxFuture<'_, Result<AccessToken>> {
        match self {
            Self::Static(token, _) => Box::pin(ready(Ok(token.clone()))),
            Self::Issued(cache) => Box::pin(cache.token(deadline)),
        }
    }

    fn reject(&self, token: &AccessToken) -> bool {
        match self {
            Self::Static(..) => false,
            Self::Issued(cache) => cache.reject(token),
        }
    }

    fn redact<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a> {
        match self {
            Self::Static(token, _) => redactor.hide(token.expose()),
            Self::Issued(cache) => cache.hide(redactor),
        }
    }
}

/// The longest answer to a token call that is read, in bytes.
const MAX_RESPONSE_BYTES: usize = 64 * 1024;
/// The time limit of a token call with all its attempts, if the client's own is not shorter.
const RENEWAL: Duration = Duration::from_secs(30);

/// When a token call is tried again by default: soon and not often, since callers wait for it.
pub(crate) fn token_retry() -> RetryPolicy {
    let pauses = Backoff::exponential(Duration::from_millis(200), Duration::from_secs(2));
    RetryPolicy::default().attempts(3).backoff(pauses)
}

/// What tokens are made with, shared by all corps of a client.
#[derive(Debug, Clone)]
pub(crate) struct Means {
    pub(crate) api: api::Client,
    pub(crate) executor: Executor,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) store: Option<Arc<dyn TokenStore>>,
    pub(crate) base_url: String,
}

pub(crate) struct Tokens {
    means: Means,
    credentials: CredentialsKind,
    main: Auth,
    /// By corp; of too many, those that were asked for last.
    corps: Mutex<LruCache<String, Auth>>,
}

impl Tokens {
    pub(crate) fn new(credentials: Credentials, means: Means, most: NonZeroUsize) -> Result<Self> {
        let credentials = credentials.into_kind();
        let main = match &credentials {
            CredentialsKind::Static(token) => {
                let subject = TokenSubject {
                    kind: "static token",
                    key: None,
                    corp: None,
                    base_url: means.base_url.clone(),
                };
                Auth::Static(AccessToken::new(token.expose())?, Arc::new(subject))
            }
            CredentialsKind::App(app) => {
                app.check()?;
                means.app(app.clone())
            }
            CredentialsKind::Provider(provider) => means.provider(Arc::clone(provider), None),
        };
        Ok(Self {
            means,
            credentials,
            main,
            corps: Mutex::new(LruCache::new(most)),
        })
    }

    /// The tokens of the credentials as they were given.
    pub(crate) fn main(&self) -> Auth {
        self.main.clone()
    }

    /// The tokens of another corp. A corp that was asked for before has its own still, unless too many came between.
    pub(crate) fn for_corp(&self, corp: &str) -> Result<Auth> {
        check_corp(corp)?;
        if let Auth::Issued(cache) = &self.main
            && cache.source().subject().corp.as_deref() == Some(corp)
        {
            return Ok(self.main());
        }
        let mut corps = self.corps.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(auth) = corps.get(corp) {
            return Ok(auth.clone());
        }
        let auth = self.make(corp)?;
        corps.put(corp.to_owned(), auth.clone());
        Ok(auth)
    }

    fn make(&self, corp: &str) -> Result<Auth> {
        let none = |what: &str| {
            Err(Error::configuration(format!(
                "{what}; for several corps, give the client a `ThirdPartyApp` or a `CorpApp`"
            )))
        };
        match &self.credentials {
            CredentialsKind::Static(_) => none("a static token is for one corp"),
            CredentialsKind::App(app) => match app.in_corp(corp) {
                Some(app) => Ok(self.means.app(app)),
                None => none("an internal app belongs to one corp"),
            },
            CredentialsKind::Provider(provider) if provider.has_corps() => {
                Ok(self.means.provider(Arc::clone(provider), Some(corp)))
            }
            CredentialsKind::Provider(_) => {
                none("the token provider does not say that it has several corps")
            }
        }
    }
}

impl Means {
    fn app(&self, app: App) -> Auth {
        let fields = app.fields();
        let subject = TokenSubject {
            kind: app.kind(),
            key: Some(fields.key.to_owned()),
            corp: fields.corp.map(str::to_owned),
            base_url: self.base_url.clone(),
        };
        let store_client = self.store.as_ref().map(|store| {
            let clock = Arc::clone(&self.executor.clock);
            StoreClient::new(Arc::clone(store), &subject, fields.secret.clone(), clock)
        });
        let source = Endpoint {
            subject,
            app,
            api: self.api.clone(),
            executor: Executor {
                rate_limit: None,
                permits: None,
                ..self.executor.clone()
            },
            limits: Limits {
                call: self.renewal(),
                body: self.limits.body.min(MAX_RESPONSE_BYTES),
                ..self.limits
            },
            retry: self.retry.clone(),
            ticket: Mutex::default(),
        };
        self.cache(Box::new(source), store_client)
    }

    fn provider(&self, provider: Arc<dyn super::TokenProvider>, corp: Option<&str>) -> Auth {
        let subject = TokenSubject {
            kind: "token provider",
            key: None,
            corp: corp.map(str::to_owned),
            base_url: self.base_url.clone(),
        };
        self.cache(Box::new(Provided { provider, subject }), None)
    }

    fn cache(&self, source: Box<dyn Source>, store_client: Option<StoreClient>) -> Auth {
        let clock = Arc::clone(&self.executor.clock);
        Auth::Issued(Arc::new(Cache::new(
            source,
            store_client,
            clock,
            self.renewal(),
        )))
    }

    fn renewal(&self) -> Duration {
        self.limits.call.min(RENEWAL)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("main", &self.main)
            .finish_non_exhaustive()
    }
}
