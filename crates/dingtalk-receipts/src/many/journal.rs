//! What a journal is: the memory of a run over many messages, which outlives it.

use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dingtalk_receipts_api::Secret;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::scope::{JournalScope, hash};
use crate::read_status::ReadStatusRequest;
use crate::receipts::Receipts;

/// Which message a record is about: everything that names it. A webhook token, being a secret, is there as a hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MessageKey {
    /// What the send operation returned.
    pub process_query_key: String,
    /// The group, if the query names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_conversation_id: Option<String>,
    /// The robot, if the query names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robot_code: Option<String>,
    /// A SHA-256 hash of the webhook token, if the query has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_token_hash: Option<String>,
}

impl MessageKey {
    pub(super) fn of(request: &ReadStatusRequest) -> Self {
        let token = request.webhook_token.as_ref().map(Secret::expose);
        Self {
            process_query_key: request.message.process_query_key.clone(),
            open_conversation_id: request.message.conversation.clone(),
            robot_code: request.message.robot.clone(),
            webhook_token_hash: token.map(|token| hash("webhook token", &[token])),
        }
    }
}

/// What DingTalk answered about a message, and when, as a journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Line", into = "Line")]
#[non_exhaustive]
pub struct Record {
    /// The message.
    pub message: MessageKey,
    /// When DingTalk answered, to the millisecond.
    pub at: SystemTime,
    /// The answer.
    pub outcome: Outcome,
}

/// An answer that asking again would not change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Who has read the message.
    Receipts(Receipts),
    /// DingTalk refuses to say, for good.
    Refused(Refusal),
}

impl Record {
    pub(super) fn new(message: MessageKey, at: SystemTime, outcome: Outcome) -> Self {
        Self {
            message,
            at: from_millis(millis(at)),
            outcome,
        }
    }
}

/// The form of a record in JSON: one object.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    #[serde(flatten)]
    message: MessageKey,
    /// Milliseconds since 1970.
    at: u64,
    #[serde(flatten)]
    outcome: Written,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Written {
    Receipts(Receipts),
    Refused(Refusal),
}

impl From<Line> for Record {
    fn from(line: Line) -> Self {
        Self {
            message: line.message,
            at: from_millis(line.at),
            outcome: match line.outcome {
                Written::Receipts(receipts) => Outcome::Receipts(receipts),
                Written::Refused(refusal) => Outcome::Refused(refusal),
            },
        }
    }
}

impl From<Record> for Line {
    fn from(record: Record) -> Self {
        Self {
            message: record.message,
            at: millis(record.at),
            outcome: match record.outcome {
                Outcome::Receipts(receipts) => Written::Receipts(receipts),
                Outcome::Refused(refusal) => Written::Refused(refusal),
            },
        }
    }
}

/// Milliseconds since 1970; a clock before that counts as 1970.
pub(super) fn millis(at: SystemTime) -> u64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The time that so many milliseconds since 1970 are; 1970 if the system cannot tell.
pub(super) fn from_millis(millis: u64) -> SystemTime {
    UNIX_EPOCH
        .checked_add(Duration::from_millis(millis))
        .unwrap_or(UNIX_EPOCH)
}

/// Where a run over many messages keeps what was answered, so that a later run need not ask again.
///
/// [`FileJournal`](crate::FileJournal) keeps it in a file; write your own for a database. Calls come one at a time, from
/// the threads of the async runtime, and block them: they should be short.
pub trait Journal: Send + 'static {
    /// Says whose answers follow: called before anything else. A journal of another [scope](JournalScope) must refuse.
    /// One that can only have one scope need not implement it.
    ///
    /// # Errors
    ///
    /// The journal belongs to another server or app. That ends the run.
    fn begin(&mut self, scope: &JournalScope) -> io::Result<()> {
        let _ = scope;
        Ok(())
    }

    /// What an earlier run was answered about this message.
    ///
    /// # Errors
    ///
    /// It cannot be looked up. That ends the run, since asking again may cost what the journal was to save.
    fn find(&mut self, message: &MessageKey) -> io::Result<Option<Record>>;

    /// Keeps an answer. It is called before the answer is given to the caller, and only for answers that asking again
    /// would not change.
    ///
    /// # Errors
    ///
    /// It cannot be kept. That ends the run.
    fn keep(&mut self, record: &Record) -> io::Result<()>;
}
