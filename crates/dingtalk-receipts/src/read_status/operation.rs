//! One page of readers, as an operation.

use dingtalk_receipts_api as api;

use super::decode::decode;
use crate::access_token::AccessToken;
use crate::cursor::Cursor;
use crate::error::{Redactor, Result};
use crate::executor::{Idempotency, Operation, Unreadable, with_token};
use crate::receipts::Page;
use crate::response::Response;

/// Asks for the page at `cursor`.
pub(super) struct QueryPage<'a> {
    pub(super) api: &'a api::Client,
    pub(super) body: api::types::ReadStatusQuery,
    pub(super) cursor: &'a Cursor,
}

impl Operation for QueryPage<'_> {
    type Output = Page;

    fn contract(&self) -> &'static api::Operation {
        &api::operations::QUERY_READ_STATUS
    }

    fn idempotency(&self) -> Idempotency {
        Idempotency::Idempotent
    }

    fn request(&self, token: Option<&AccessToken>) -> Result<reqwest::Request> {
        with_token(token, |secret| {
            self.api.query_read_status_request(secret, &self.body)
        })
    }

    fn decode(&self, response: &Response) -> Result<Page, Unreadable> {
        decode(response, self.cursor)
    }

    fn redact<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a> {
        match &self.body.token {
            Some(webhook_token) => redactor.hide(webhook_token.expose()),
            None => redactor,
        }
    }
}
