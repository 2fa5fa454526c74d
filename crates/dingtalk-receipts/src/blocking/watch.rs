//! Polling one message, as an iterator.

use std::time::Duration;

use super::iter::{Blocking, Iter};
use super::same::same;
use crate::{Change, Error, Expected, Reader, Result, SendStatus};

/// What is new about one message. The twin of [`crate::Watch`].
pub type Watch = Iter<crate::Watch>;

impl Watch {
    same! { Watch:
        total_timeout(limit: Duration);
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

impl Blocking for crate::Watch {
    fn refusal(&self, error: Error) -> Result<Change> {
        Err(error)
    }
}
