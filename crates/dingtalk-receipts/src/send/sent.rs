//! A message that was sent, and the query about it.

use dingtalk_receipts_api::Secret;

use crate::client::Client;
use crate::query::ReadStatus;

/// A message that DingTalk accepted, which does not say that it was delivered.
#[derive(Debug, Clone)]
pub struct SentMessage {
    pub(super) process_query_key: String,
    pub(super) conversation: Option<String>,
    pub(super) robot: Option<String>,
    pub(super) webhook_token: Option<Secret>,
    pub(super) request_id: Option<String>,
}

impl SentMessage {
    /// The key by which the message is queried and recalled.
    pub fn process_query_key(&self) -> &str {
        &self.process_query_key
    }

    /// The id of the call, to give to DingTalk's support.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

impl Client {
    /// Begins a query about a message that was sent. Just after sending there is no read data yet:
    /// [`wait_until_ready`](ReadStatus::wait_until_ready) waits for it.
    pub fn read_status_of(&self, sent: &SentMessage) -> ReadStatus {
        let mut query = self.read_status(&sent.process_query_key);
        if let Some(conversation) = &sent.conversation {
            query = query.conversation(conversation);
        }
        if let Some(robot) = &sent.robot {
            query = query.robot(robot);
        }
        match &sent.webhook_token {
            Some(token) => query.webhook_token(token.expose()),
            None => query,
        }
    }
}
