//! What was sent to groups, for assertions.

use std::time::Duration;

use serde_json::Value;

/// A message that a call sent. There is one for each call that was executed, whatever became of its response.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SentMessage {
    /// The message, for queries.
    pub process_query_key: String,
    /// The conversation that it was sent to.
    pub open_conversation_id: String,
    /// The robot that sent it.
    pub robot_code: String,
    /// Its type, such as `sampleText`.
    pub msg_key: String,
    /// Its content.
    pub msg_param: Value,
    /// When it was sent, by the sandbox's clock.
    pub at: Duration,
}
