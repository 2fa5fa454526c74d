//! What a journal is: the memory of a run over many messages, which outlives it.

use std::io;

use serde::{Deserialize, Serialize};

use crate::cursor::Message;
use crate::receipts::Receipts;

/// Which message a record is about. A webhook's token, being a secret, is not part of it.
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
}

impl From<&Message> for MessageKey {
    fn from(message: &Message) -> Self {
        Self {
            process_query_key: message.process_query_key.clone(),
            open_conversation_id: message.conversation.clone(),
            robot_code: message.robot.clone(),
        }
    }
}

/// A message and who has read it, as a journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Record {
    /// The message.
    #[serde(flatten)]
    pub message: MessageKey,
    /// Who has read it.
    #[serde(flatten)]
    pub receipts: Receipts,
}

/// Where a run over many messages keeps what was answered, so that a later run need not ask again.
///
/// [`FileJournal`](crate::FileJournal) keeps it in a file; write your own for a database. Calls come one at a time, from
/// the threads of the async runtime, and block them: they should be short.
pub trait Journal: Send + 'static {
    /// What an earlier run was answered about this message.
    ///
    /// # Errors
    ///
    /// It cannot be looked up. That ends the run, since asking again may cost what the journal was to save.
    fn find(&mut self, message: &MessageKey) -> io::Result<Option<Receipts>>;

    /// Keeps an answer. It is called before the answer is given to the caller, and for successes only.
    ///
    /// # Errors
    ///
    /// It cannot be kept. That ends the run.
    fn keep(&mut self, record: &Record) -> io::Result<()>;
}
