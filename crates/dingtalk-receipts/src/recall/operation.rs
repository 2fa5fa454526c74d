//! Recalling up to 20 messages, as an operation.

use dingtalk_receipts_api as api;
use dingtalk_receipts_api::types::RecallGroupMessagesResponse;

use crate::access_token::AccessToken;
use crate::decode::{Evidence, decode};
use crate::error::Result;
use crate::executor::{Idempotency, Operation, Unreadable, with_token};
use crate::response::Response;

/// Recalls the messages of the body.
pub(super) struct RecallMessages<'a> {
    pub(super) api: &'a api::Client,
    pub(super) body: api::types::RecallGroupMessagesRequest,
}

impl Operation for RecallMessages<'_> {
    type Output = RecallGroupMessagesResponse;

    fn contract(&self) -> &'static api::Operation {
        &api::operations::RECALL_GROUP_MESSAGES
    }

    /// At worst, a message that was recalled before comes back among the failed ones (KB 0725).
    fn idempotency(&self) -> Idempotency {
        Idempotency::Idempotent
    }

    fn request(&self, token: Option<&AccessToken>) -> Result<reqwest::Request> {
        with_token(token, |secret| {
            self.api.recall_group_messages_request(secret, &self.body)
        })
    }

    fn decode(&self, response: &Response) -> Result<RecallGroupMessagesResponse, Unreadable> {
        decode(&response.body, |_| Evidence::None)
    }
}
