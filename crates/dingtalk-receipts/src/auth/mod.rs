//! Access tokens: where they come from, and how long they are used.
//!
//! - [`credentials`]: what users give; [`apps`], [`ticket`] and [`provider`] are its parts.
//! - [`tokens`]: makes a [`cache`] for each corp; [`handle`] is what calls see of it.
//! - [`cache`]: who renews and who waits, by what [`state`] knows; [`endpoint`] and [`provider`] issue.
//! - [`store`]: tokens that outlive the client.

mod apps;
mod cache;
#[cfg(test)]
mod cache_tests;
mod credentials;
mod endpoint;
mod grant;
mod handle;
mod info;
#[cfg(test)]
mod interleavings;
mod lifetime;
mod owner;
mod provider;
mod state;
#[cfg(test)]
mod state_tests;
mod store;
mod ticket;
mod token;
mod tokens;

use std::future::Future;
use std::num::NonZeroUsize;
use std::pin::Pin;

pub use apps::{CorpApp, InternalApp, ThirdPartyApp};
pub use credentials::{Credentials, StaticToken};
pub use grant::TokenOrigin;
pub use info::TokenInfo;
pub use provider::{IssuedToken, ProviderError, TokenAsk, TokenProvider};
#[cfg(feature = "file-store")]
pub use store::FileTokenStore;
pub use store::{MemoryTokenStore, StoreKey, StoreLock, StoreRecord, TokenStore};
pub use ticket::TicketSource;
pub use token::AccessToken;

pub(crate) use handle::Auth;
pub(crate) use tokens::{Means, Tokens, token_retry};

use crate::error::Error;

/// A boxed future that is `Send`: what a trait's method returns so that the trait can be used as `dyn`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How many corps' tokens a client remembers.
pub(crate) const MOST_CORPS: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

/// No credentials were given.
pub(crate) fn missing() -> Error {
    Error::configuration(
        "the client has no credentials; give `.credentials(..)` a token or an app's key and secret",
    )
}
