//! The HTTP client in use, replaced as a whole when one of its connections died.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Settings;

/// An HTTP client whose connections can be left behind.
///
/// A connection that a NAT forgot or that went down with a closed laptop is silent: HTTP/2 sends every further request
/// into it, and HTTP/1.1 keeps its idle siblings. After a timeout or a broken connection the whole client is replaced.
/// Requests that are under way on the old one are not disturbed; its connections close when they are done.
#[derive(Debug)]
pub(crate) struct Pool {
    settings: Settings,
    current: Mutex<Current>,
}

#[derive(Debug, Clone)]
struct Current {
    client: reqwest::Client,
    generation: u64,
}

/// Which of a pool's clients a request was sent by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Generation(u64);

impl Pool {
    pub(crate) fn new(client: reqwest::Client, settings: Settings) -> Self {
        let current = Mutex::new(Current {
            client,
            generation: 0,
        });
        Self { settings, current }
    }

    /// The client for the next attempt.
    pub(crate) fn client(&self) -> (reqwest::Client, Generation) {
        let current = self.current();
        (current.client.clone(), Generation(current.generation))
    }

    /// Leaves the connections of this generation behind. Of many requests that fail at once, only the first has an
    /// effect: the others failed on connections that are no longer used.
    pub(crate) fn leave(&self, Generation(failed): Generation) {
        let mut current = self.current();
        if current.generation != failed {
            return;
        }
        // The same settings made a client before. If they cannot now, since the platform's certificates are not
        // readable at the moment, old connections are better than none.
        if let Ok(client) = self.settings.client() {
            tracing::debug!("leaving all connections behind");
            *current = Current {
                client,
                generation: failed.wrapping_add(1),
            };
        }
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
