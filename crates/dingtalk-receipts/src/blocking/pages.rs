//! All pages of a message, as an iterator.

use std::iter::FusedIterator;
use std::sync::Arc;

use super::runtime::Runtime;
use crate::{Cursor, Page, Result};

/// The pages of one message. The twin of [`crate::Pages`].
#[derive(Debug)]
#[must_use = "an iterator does nothing unless used"]
pub struct Pages {
    inner: crate::Pages,
    runtime: Arc<Runtime>,
    refused: bool,
}

impl Pages {
    pub(super) fn new(inner: crate::Pages, runtime: Arc<Runtime>) -> Self {
        Self {
            inner,
            runtime,
            refused: false,
        }
    }

    /// As [`crate::Pages::pages_done`].
    pub fn pages_done(&self) -> u64 {
        self.inner.pages_done()
    }

    /// As [`crate::Pages::is_complete`].
    pub fn is_complete(&self) -> bool {
        self.inner.is_complete()
    }

    /// As [`crate::Pages::cursor`].
    pub fn cursor(&self) -> Option<&Cursor> {
        self.inner.cursor()
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.runtime.wait(self.inner.next()) {
            Ok(item) => item,
            Err(error) => (!std::mem::replace(&mut self.refused, true)).then_some(Err(error)),
        }
    }
}

impl FusedIterator for Pages {}
