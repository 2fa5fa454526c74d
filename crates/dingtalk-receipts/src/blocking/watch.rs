//! Looking at one message again and again, as an iterator.

use std::iter::FusedIterator;
use std::sync::Arc;
use std::time::Duration;

use super::runtime::Runtime;
use super::same::same;
use crate::{Change, Expected, Reader, Result, SendStatus};

/// What is new about one message. The twin of [`crate::Watch`].
#[derive(Debug)]
#[must_use = "an iterator does nothing unless used"]
pub struct Watch {
    inner: crate::Watch,
    runtime: Arc<Runtime>,
    refused: bool,
}

impl Watch {
    pub(super) fn new(inner: crate::Watch, runtime: Arc<Runtime>) -> Self {
        Self {
            inner,
            runtime,
            refused: false,
        }
    }

    same! { Watch:
        deadline(limit: Duration);
        target(readers: u64);
        expect(people: impl IntoIterator<Item = impl Into<String>>);
        ease_to(longest: Duration);
        max_calls(calls: u64);
    }

    /// As [`crate::Watch::already_seen`].
    pub fn already_seen<'a>(mut self, readers: impl IntoIterator<Item = &'a Reader>) -> Self {
        self.inner = self.inner.already_seen(readers);
        self
    }

    /// As [`crate::Watch::calls_at_most`].
    pub fn calls_at_most(&self) -> u64 {
        self.inner.calls_at_most()
    }

    /// As [`crate::Watch::calls_made`].
    pub fn calls_made(&self) -> u64 {
        self.inner.calls_made()
    }

    /// As [`crate::Watch::expected`].
    pub fn expected(&self) -> Option<Expected> {
        self.inner.expected()
    }

    /// As [`crate::Watch::readers`].
    pub fn readers(&self) -> u64 {
        self.inner.readers()
    }

    /// As [`crate::Watch::send_status`].
    pub fn send_status(&self) -> Option<&SendStatus> {
        self.inner.send_status()
    }
}

impl Iterator for Watch {
    type Item = Result<Change>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.runtime.wait(self.inner.next()) {
            Ok(item) => item,
            Err(error) => (!std::mem::replace(&mut self.refused, true)).then_some(Err(error)),
        }
    }
}

impl FusedIterator for Watch {}
