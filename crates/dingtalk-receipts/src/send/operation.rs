//! Sending one message, as an operation.

use dingtalk_receipts_api as api;
use dingtalk_receipts_api::types::SendGroupMessageResponse;

use crate::access_token::AccessToken;
use crate::decode::{Evidence, decode};
use crate::error::{Redactor, Result};
use crate::executor::{Idempotency, Operation, Unreadable, with_token};
use crate::response::Response;

/// What DingTalk returned for an accepted message.
pub(super) struct Accepted {
    pub(super) process_query_key: String,
    pub(super) request_id: Option<String>,
}

/// Sends the message of the body.
pub(super) struct Send<'a> {
    pub(super) api: &'a api::Client,
    pub(super) body: api::types::SendGroupMessageRequest,
}

impl Operation for Send<'_> {
    type Output = Accepted;

    fn contract(&self) -> &'static api::Operation {
        &api::operations::SEND_GROUP_MESSAGE
    }

    fn idempotency(&self) -> Idempotency {
        Idempotency::NotIdempotent
    }

    fn request(&self, token: Option<&AccessToken>) -> Result<reqwest::Request> {
        with_token(token, |secret| {
            self.api.send_group_message_request(secret, &self.body)
        })
    }

    fn decode(&self, response: &Response) -> Result<Accepted, Unreadable> {
        let body = decode(&response.body, |body: &SendGroupMessageResponse| match body
            .process_query_key
        {
            Some(_) => Evidence::Likely,
            None => Evidence::None,
        })?;
        match body.process_query_key {
            Some(key) if !key.is_empty() => Ok(Accepted {
                process_query_key: key,
                request_id: response.request_id().map(str::to_owned),
            }),
            // A response of success without a key was seen to stand for a failure.
            _ => Err(Unreadable::Foreign(
                "it has no `processQueryKey`".to_owned(),
            )),
        }
    }

    fn redact<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a> {
        match &self.body.token {
            Some(webhook_token) => redactor.hide(webhook_token.expose()),
            None => redactor,
        }
    }
}
