//! One token's place in a store, and a store's failures made harmless.

use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use dingtalk_receipts_api::Secret;

use super::key::StoreKey;
use super::record::StoreRecord;
use super::{StoreLock, TokenStore};
use crate::auth::issued::Issued;
use crate::auth::token_info::TokenSubject;
use crate::clock::Clock;

/// How often a lock that another has is asked for again: not much less than a token call takes.
const POLL: Duration = Duration::from_millis(25);

#[derive(Debug)]
pub(crate) struct StoreClient {
    store: Arc<dyn TokenStore>,
    key: StoreKey,
    secret: Secret,
    clock: Arc<dyn Clock>,
}

/// Whether this caller may renew.
#[derive(Debug)]
pub(crate) enum Lock {
    /// It alone may.
    Held { _lock: StoreLock },
    /// Another is at it.
    Elsewhere,
    /// The store has no locks to give now, so everybody may.
    Broken,
}

impl StoreClient {
    pub(crate) fn new(
        store: Arc<dyn TokenStore>,
        subject: &TokenSubject,
        secret: Secret,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            store,
            key: StoreKey::of(subject),
            secret,
            clock,
        }
    }

    /// The stored token, if it is there and of use.
    pub(crate) async fn load(&self, now: SystemTime) -> Option<Issued> {
        let record = match self.store.load(&self.key).await {
            Ok(record) => record?,
            Err(error) => {
                passed_over("reading", &error);
                return None;
            }
        };
        let grant = record.read(&self.key, &self.secret, now);
        if grant.is_none() {
            tracing::debug!("a stored access token is of no use and will be replaced");
        }
        grant
    }

    pub(crate) async fn save(&self, grant: &Issued, now: SystemTime) {
        let record = StoreRecord::of(grant, &self.key, &self.secret, now);
        if let Err(error) = self.store.save(&self.key, &record, grant.left).await {
            passed_over("writing", &error);
        }
    }

    pub(crate) async fn try_lock(&self) -> Lock {
        match self.store.try_lock(&self.key).await {
            Ok(Some(lock)) => Lock::Held { _lock: lock },
            Ok(None) => Lock::Elsewhere,
            Err(error) => {
                passed_over("locking", &error);
                Lock::Broken
            }
        }
    }

    /// Waits until nobody else has the lock, and no longer than `patience`: whoever has it may be stopped.
    pub(crate) async fn wait_for_lock(&self, patience: Duration) -> Lock {
        let until = self.clock.now() + patience;
        loop {
            let lock = self.try_lock().await;
            if !matches!(lock, Lock::Elsewhere) || self.clock.now() >= until {
                return lock;
            }
            self.clock.sleep(POLL).await;
        }
    }
}

/// A store that fails costs a token call and no more. Only the kind is logged: what a store says may hold its data.
fn passed_over(doing: &'static str, error: &io::Error) {
    tracing::warn!(error.kind = %error.kind(), "{doing} the token store failed; going on without it");
}
