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
mod tokens;

use std::num::NonZeroUsize;

pub use apps::{CorpApp, InternalApp, ThirdPartyApp};
pub use credentials::{Credentials, StaticToken};
pub use grant::TokenOrigin;
pub use info::TokenInfo;
pub use provider::{IssuedToken, ProviderError, TokenAsk, TokenProvider};
#[cfg(feature = "file-store")]
pub use store::FileTokenStore;
pub use store::{MemoryTokenStore, StoreKey, StoreLock, StoreRecord, TokenStore};
pub use ticket::TicketSource;

pub(crate) use handle::Auth;
pub(crate) use tokens::{Means, Tokens, token_retry};

/// How many corps' tokens a client remembers.
pub(crate) const MOST_CORPS: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();
