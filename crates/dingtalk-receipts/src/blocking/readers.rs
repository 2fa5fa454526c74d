//! All readers of a message, as an iterator.

use std::iter::FusedIterator;
use std::sync::Arc;

use super::runtime::Runtime;
use crate::{Cursor, Reader, Result, SendStatus};

/// The readers of one message. The twin of [`crate::Readers`].
#[derive(Debug)]
#[must_use = "an iterator does nothing unless used"]
pub struct Readers {
    inner: crate::Readers,
    runtime: Arc<Runtime>,
    refused: bool,
}

impl Readers {
    pub(super) fn new(inner: crate::Readers, runtime: Arc<Runtime>) -> Self {
        Self {
            inner,
            runtime,
            refused: false,
        }
    }

    /// As [`crate::Readers::already_seen`].
    pub fn already_seen<'a>(mut self, readers: impl IntoIterator<Item = &'a Reader>) -> Self {
        self.inner = self.inner.already_seen(readers);
        self
    }

    /// As [`crate::Readers::send_status`].
    pub fn send_status(&self) -> Option<&SendStatus> {
        self.inner.send_status()
    }

    /// As [`crate::Readers::pages_done`].
    pub fn pages_done(&self) -> u64 {
        self.inner.pages_done()
    }

    /// As [`crate::Readers::is_complete`].
    pub fn is_complete(&self) -> bool {
        self.inner.is_complete()
    }

    /// As [`crate::Readers::cursor`].
    pub fn cursor(&self) -> Option<&Cursor> {
        self.inner.cursor()
    }
}

impl Iterator for Readers {
    type Item = Result<Reader>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.runtime.wait(self.inner.next()) {
            Ok(item) => item,
            Err(error) => (!std::mem::replace(&mut self.refused, true)).then_some(Err(error)),
        }
    }
}

impl FusedIterator for Readers {}
