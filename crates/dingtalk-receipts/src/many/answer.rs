//! What a run over many messages gives.

use std::time::SystemTime;

use crate::error::Result;
use crate::receipts::Receipts;

/// The answer to one of many queries.
#[derive(Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The place of the query among all queries, from 0.
    pub index: u64,
    /// The process query key of the message.
    pub process_query_key: String,
    /// The readers, or why there are none. A failure has what was received in
    /// [`Error::partial`](crate::Error::partial).
    pub result: Result<Receipts>,
    /// When DingTalk answered; of a failure, when it was known.
    pub at: SystemTime,
    /// Whether the answer is of an earlier run and nothing was asked.
    pub from_journal: bool,
}

/// How far a run over many messages is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Queries taken from the stream.
    pub taken: u64,
    /// Messages answered, whatever the answer.
    pub answered: u64,
    /// Of those: answered with an error.
    pub failed: u64,
    /// Of those: answered by the journal.
    pub from_journal: u64,
    /// Requests made, retries included.
    pub calls: u64,
}
