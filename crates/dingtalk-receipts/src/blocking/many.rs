//! Many messages, as an iterator.

use std::iter::FusedIterator;
use std::sync::Arc;

use super::runtime::Runtime;
use super::same::same;
use crate::{Answer, Journal, Progress};

/// The answers to many queries. The twin of [`crate::ReadMany`].
#[derive(Debug)]
#[must_use = "an iterator does nothing unless used"]
pub struct ReadMany<'q> {
    inner: crate::ReadMany<'q>,
    runtime: Arc<Runtime>,
    refused: bool,
}

impl<'q> ReadMany<'q> {
    pub(super) fn new(inner: crate::ReadMany<'q>, runtime: Arc<Runtime>) -> Self {
        Self {
            inner,
            runtime,
            refused: false,
        }
    }

    same! { ReadMany:
        concurrency(messages: usize);
        in_order();
        journal(journal: impl Journal);
        stop_if(is_hopeless: impl Fn(&crate::Error) -> bool + Send + 'static);
    }

    /// As [`crate::ReadMany::progress`].
    pub fn progress(&self) -> Progress {
        self.inner.progress()
    }
}

impl Iterator for ReadMany<'_> {
    type Item = Answer;

    /// The next answer. Within an async runtime it is, once, an error about no message in particular.
    fn next(&mut self) -> Option<Answer> {
        match self.runtime.wait(self.inner.next()) {
            Ok(answer) => answer,
            Err(_) if self.refused => None,
            Err(error) => {
                self.refused = true;
                Some(Answer {
                    index: self.progress().taken,
                    process_query_key: String::new(),
                    result: Err(error),
                    at: std::time::SystemTime::now(),
                    from_journal: false,
                })
            }
        }
    }
}

impl FusedIterator for ReadMany<'_> {}
