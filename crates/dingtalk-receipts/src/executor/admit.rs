//! Admission of an attempt: a permit and the rate limit.

use std::time::Instant;

use tokio::sync::SemaphorePermit;

use super::call::Executor;
use crate::error::{Error, Phase, Result};
use crate::future::within;
use crate::metrics;

impl Executor {
    /// Waits for a permit, and then for the rate limit. The permit ends when it is dropped.
    pub(super) async fn admit(&self, deadline: Instant) -> Result<Option<SemaphorePermit<'_>>> {
        let late = || Error::timeout(Phase::RateLimit);
        let permit = match &self.permits {
            // The semaphore is never closed; if it were, there would be no limit to keep.
            Some(permits) => within(&*self.clock, deadline, permits.acquire())
                .await
                .ok_or_else(late)?
                .ok(),
            None => None,
        };
        if let Some(rate_limit) = &self.rate_limit {
            let started = self.clock.now();
            let ready = within(&*self.clock, deadline, rate_limit.ready(deadline)).await;
            metrics::rate_limit_wait(self.clock.now().saturating_duration_since(started));
            if !matches!(ready, Some(Ok(()))) {
                return Err(late());
            }
        }
        Ok(permit)
    }
}
