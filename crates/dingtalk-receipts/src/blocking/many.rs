//! Many messages, as an iterator.

use super::iter::{Blocking, Iter};
use super::same::same;
use crate::{Answer, Error, Journal, Progress};

/// The answers to many queries. The twin of [`crate::ReadMany`].
pub type ReadMany<'q> = Iter<crate::ReadMany<'q>>;

impl ReadMany<'_> {
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

impl Blocking for crate::ReadMany<'_> {
    /// An answer about no message in particular.
    fn refusal(&self, error: Error) -> Answer {
        Answer {
            index: self.progress().taken,
            process_query_key: String::new(),
            result: Err(error),
            at: std::time::SystemTime::now(),
            from_journal: false,
        }
    }
}
