//! Tokens that outlive a client: what other clients and processes of the same app may use.
//!
//! A store keeps records under keys and knows nothing of either. What a record means, whether it is still good, and
//! whom to trust with it is decided here, so that every store is as careful as the next.

mod client;
mod key;
mod memory;
mod record;

#[cfg(feature = "file-store")]
mod file;

use std::any::Any;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "file-store")]
pub use file::FileTokenStore;
pub use key::StoreKey;
pub use memory::MemoryTokenStore;
pub use record::StoreRecord;

pub(crate) use client::{Lock, StoreClient};

use crate::future::BoxFuture;

/// Keeps access tokens where other clients and processes find them: so that a command which starts every minute does
/// not ask for a token every minute.
///
/// Without a store a client remembers its tokens itself and shares them with its clones. [`MemoryTokenStore`] shares
/// them between clients of one process, [`FileTokenStore`] between the processes of one user; implement this for
/// anything else. A store never makes a call fail: what cannot be read is got anew, and what cannot be written is kept
/// in memory.
///
/// The records hold access tokens in plain text, and must be kept as such.
pub trait TokenStore: fmt::Debug + Send + Sync + 'static {
    /// The record under `key`, if there is one. It need not be checked in any way.
    fn load<'a>(&'a self, key: &'a StoreKey) -> BoxFuture<'a, io::Result<Option<StoreRecord>>>;

    /// Puts `record` under `key`, in the place of what is there, at once and whole. After `lifetime` it is of no more
    /// use.
    fn save<'a>(
        &'a self,
        key: &'a StoreKey,
        record: &'a StoreRecord,
        lifetime: Duration,
    ) -> BoxFuture<'a, io::Result<()>>;

    /// Asks for the right to renew what is under `key`, without waiting; `None` if another has it. It ends when the
    /// lock is dropped, and must end when the process that has it dies.
    ///
    /// A store that does not implement this lets everybody renew.
    fn try_lock<'a>(&'a self, key: &'a StoreKey) -> BoxFuture<'a, io::Result<Option<StoreLock>>> {
        let _ = key;
        Box::pin(async { Ok(Some(StoreLock::new(()))) })
    }
}

impl<S: TokenStore + ?Sized> TokenStore for Arc<S> {
    fn load<'a>(&'a self, key: &'a StoreKey) -> BoxFuture<'a, io::Result<Option<StoreRecord>>> {
        (**self).load(key)
    }

    fn save<'a>(
        &'a self,
        key: &'a StoreKey,
        record: &'a StoreRecord,
        lifetime: Duration,
    ) -> BoxFuture<'a, io::Result<()>> {
        (**self).save(key, record, lifetime)
    }

    fn try_lock<'a>(&'a self, key: &'a StoreKey) -> BoxFuture<'a, io::Result<Option<StoreLock>>> {
        (**self).try_lock(key)
    }
}

/// The right to renew a token, until it is dropped.
pub struct StoreLock {
    _until_dropped: Box<dyn Any + Send + Sync>,
}

impl StoreLock {
    /// A lock that `guard` releases when it is dropped.
    pub fn new(guard: impl Any + Send + Sync) -> Self {
        Self {
            _until_dropped: Box::new(guard),
        }
    }
}

impl fmt::Debug for StoreLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreLock")
    }
}
