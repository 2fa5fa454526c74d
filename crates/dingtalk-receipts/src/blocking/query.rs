//! The question, and waiting for its answer.

use std::sync::Arc;
use std::time::Duration;

use super::pages::Pages;
use super::readers::Readers;
use super::runtime::Runtime;
use super::same::same;
use super::watch::Watch;
use crate::{Cursor, Expected, Page, Receipts, Result, RetryPolicy};

/// A question about one message. The twin of [`crate::ReadStatus`].
#[derive(Debug, Clone)]
#[must_use = "a query asks nothing until it is sent"]
pub struct ReadStatus {
    inner: crate::ReadStatus,
    runtime: Arc<Runtime>,
}

impl ReadStatus {
    pub(super) fn new(inner: crate::ReadStatus, runtime: Arc<Runtime>) -> Self {
        Self { inner, runtime }
    }

    pub(super) fn into_inner(self) -> crate::ReadStatus {
        self.inner
    }

    same! { ReadStatus:
        conversation(open_conversation_id: impl Into<String>);
        robot(robot_code: impl Into<String>);
        webhook_token(token: impl Into<String>);
        max_results(readers: u32);
        resume(cursor: Cursor);
        total_timeout(limit: Duration);
        attempt_timeout(limit: Duration);
        call_timeout(limit: Duration);
        retry(policy: RetryPolicy);
        wait_until_ready(limit: Duration);
        max_pages(pages: u64);
        max_readers(readers: u64);
        deduplicate(on: bool);
        prefetch(on: bool);
        restart_on_invalid_cursor(on: bool);
        missing_cursor_ends(on: bool);
    }

    /// As [`crate::ReadStatus::send`].
    ///
    /// # Errors
    ///
    /// As there; and within an async runtime.
    pub fn send(self) -> Result<Page> {
        self.runtime.wait(self.inner.send())?
    }

    /// As [`crate::ReadStatus::collect`].
    ///
    /// # Errors
    ///
    /// As there; and within an async runtime.
    pub fn collect(self) -> Result<Receipts> {
        self.runtime.wait(self.inner.collect())?
    }

    /// As [`crate::ReadStatus::expect`].
    ///
    /// # Errors
    ///
    /// As there; and within an async runtime.
    pub fn expect(self, people: impl IntoIterator<Item = impl Into<String>>) -> Result<Expected> {
        self.runtime.wait(self.inner.expect(people))?
    }

    /// All pages, one at a time, each asked for when the iterator gets to it.
    pub fn pages(self) -> Pages {
        Pages::new(self.inner.pages(), self.runtime)
    }

    /// All readers, one at a time; a page is asked for when the one before is used up.
    pub fn readers(self) -> Readers {
        Readers::new(self.inner.readers(), self.runtime)
    }

    /// As [`crate::ReadStatus::watch`].
    pub fn watch(self, interval: Duration) -> Watch {
        Watch::new(self.inner.watch(interval), self.runtime)
    }
}
