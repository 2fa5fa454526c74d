//! One page of readers, as an operation.

use dingtalk_receipts_api as api;

use super::decode::decode;
use crate::access_token::AccessToken;
use crate::cursor::Cursor;
use crate::error::{Error, Redactor, Result};
use crate::executor::{Idempotency, Operation, Unreadable};
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
        let token = token.ok_or_else(Error::no_credentials)?;
        self.api
            .query_read_status_request(token.secret(), &self.body)
            .map_err(|error| Error::argument("the request could not be made").caused_by(error))
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
