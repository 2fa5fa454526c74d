//! A stream as an iterator.

use std::future::poll_fn;
use std::iter::FusedIterator;
use std::pin::Pin;
use std::sync::Arc;

use futures_core::Stream;

use super::runtime::Runtime;
use crate::error::Error;

/// A stream as an iterator that waits for each item.
#[derive(Debug)]
#[must_use = "an iterator does nothing unless used"]
pub struct Iter<S> {
    pub(super) inner: S,
    runtime: Arc<Runtime>,
    refused: bool,
}

/// A stream that can be waited for, or say that it cannot be here.
pub trait Blocking: Stream + Unpin {
    /// The item that has this error.
    fn refusal(&self, error: Error) -> Self::Item;
}

impl<S> Iter<S> {
    pub(super) fn new(inner: S, runtime: Arc<Runtime>) -> Self {
        Self {
            inner,
            runtime,
            refused: false,
        }
    }
}

impl<S: Blocking> Iterator for Iter<S> {
    type Item = S::Item;

    /// The next item. Within an async runtime it is, once, an error that says so.
    fn next(&mut self) -> Option<S::Item> {
        let stream = &mut self.inner;
        let item = poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
        match self.runtime.wait(item) {
            Ok(item) => item,
            Err(_) if self.refused => None,
            Err(error) => {
                self.refused = true;
                Some(self.inner.refusal(error))
            }
        }
    }
}

impl<S: Blocking> FusedIterator for Iter<S> {}
