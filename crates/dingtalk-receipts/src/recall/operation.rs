//! Recalling up to 20 messages, as an operation.

use dingtalk_receipts_api as api;
use dingtalk_receipts_api::types::RecallGroupMessagesResponse;

use crate::access_token::AccessToken;
use crate::decode::{Evidence, decode};
use crate::error::{Error, Result};
use crate::executor::{Idempotency, Operation, Unreadable};
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
        let token = token.ok_or_else(Error::no_credentials)?;
        self.api
            .recall_group_messages_request(token.secret(), &self.body)
            .map_err(|error| Error::argument("the request could not be made").caused_by(error))
    }

    fn decode(&self, response: &Response) -> Result<RecallGroupMessagesResponse, Unreadable> {
        decode(&response.body, |_| Evidence::None)
    }
}
