//! A store in memory, for clients of one process.

use std::collections::HashSet;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lru::LruCache;

use super::{StoreKey, StoreLock, StoreRecord, TokenStore};
use crate::auth::MAX_CORPS;
use crate::future::BoxFuture;

/// Shares tokens between the clients of one process that are given clones of it. It holds up to 10,000 tokens; of
/// more, those that were used last.
#[derive(Debug, Clone, Default)]
pub struct MemoryTokenStore {
    shared: Arc<Mutex<Records>>,
}

#[derive(Debug)]
struct Records {
    records: LruCache<StoreKey, StoreRecord>,
    locked: HashSet<StoreKey>,
}

impl Default for Records {
    fn default() -> Self {
        Self {
            records: LruCache::new(MAX_CORPS),
            locked: HashSet::new(),
        }
    }
}

impl MemoryTokenStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, Records> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenStore for MemoryTokenStore {
    fn load<'a>(&'a self, key: &'a StoreKey) -> BoxFuture<'a, io::Result<Option<StoreRecord>>> {
        Box::pin(async move { Ok(self.lock().records.get(key).cloned()) })
    }

    fn save<'a>(
        &'a self,
        key: &'a StoreKey,
        record: &'a StoreRecord,
        _: Duration,
    ) -> BoxFuture<'a, io::Result<()>> {
        Box::pin(async move {
            self.lock().records.put(key.clone(), record.clone());
            Ok(())
        })
    }

    fn try_lock<'a>(&'a self, key: &'a StoreKey) -> BoxFuture<'a, io::Result<Option<StoreLock>>> {
        Box::pin(async move {
            let free = self.lock().locked.insert(key.clone());
            Ok(free.then(|| {
                StoreLock::new(Unlock {
                    store: self.clone(),
                    key: key.clone(),
                })
            }))
        })
    }
}

/// Gives a lock back when it is dropped.
struct Unlock {
    store: MemoryTokenStore,
    key: StoreKey,
}

impl Drop for Unlock {
    fn drop(&mut self) {
        self.store.lock().locked.remove(&self.key);
    }
}
