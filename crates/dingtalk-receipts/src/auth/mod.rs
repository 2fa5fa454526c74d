//! Access tokens: where they come from, and how long they are used.
//!
//! - [`credentials`]: what users give; [`apps`] and [`provider`] are its parts.
//! - [`tokens`]: makes a [`cache`] for each corp, and is what calls take their tokens from.
//! - [`cache`]: who renews and who waits, by what [`state`] knows; [`endpoint`] and [`provider`] issue tokens, as
//!   [`issued`] describes them.
//! - [`store`]: tokens that outlive the client.
//! - [`token_info`]: what users are told of a token.

mod apps;
mod cache;
mod credentials;
mod endpoint;
mod issued;
mod provider;
mod state;
mod store;
#[cfg(test)]
mod tests;
mod token_info;
mod tokens;

use std::num::NonZeroUsize;

pub use apps::{CorpApp, InternalApp, ThirdPartyApp};
pub use credentials::{Credentials, StaticToken};
pub use provider::{IssuedToken, ProviderError, TicketSource, TokenAsk, TokenProvider};
#[cfg(feature = "file-store")]
pub use store::FileTokenStore;
pub use store::{MemoryTokenStore, StoreKey, StoreLock, StoreRecord, TokenStore};
pub use token_info::{TokenInfo, TokenOrigin};

pub(crate) use tokens::{Auth, Means, Tokens, token_retry};

/// How many corps' tokens a client remembers.
pub(crate) const MAX_CORPS: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();
