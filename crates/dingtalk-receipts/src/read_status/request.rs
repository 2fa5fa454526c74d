//! What a query says: the message, the pages, the limits; checked, and written as a request's body.

use std::sync::Arc;
use std::time::Duration;

use dingtalk_receipts_api::{Secret, types};

use crate::call_budget::CallBudget;
use crate::cursor::{Cursor, Message};
use crate::error::{Error, Result};
use crate::executor::{Limits, RetryPolicy};
use crate::pager::PagerOptions;
use crate::text::is_blank;
use crate::webhook_token;

/// Everything that a query says, but for where its pages begin.
#[derive(Debug, Clone)]
pub(crate) struct ReadStatusRequest {
    pub(crate) message: Arc<Message>,
    pub(crate) webhook_token: Option<Secret>,
    pub(crate) max_results: u32,
    pub(crate) start: Option<Cursor>,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) deadline: Option<Duration>,
    pub(crate) ready_within: Option<Duration>,
    pub(crate) max_pages: Option<u64>,
    pub(crate) max_readers: Option<u64>,
    pub(crate) deduplicate: bool,
    pub(crate) prefetch: bool,
    pub(crate) restart_on_invalid_cursor: bool,
    pub(crate) missing_cursor_ends: bool,
    /// What counts and limits the requests of the run, if something does.
    pub(crate) call_budget: Option<Arc<CallBudget>>,
}

impl ReadStatusRequest {
    /// A query about `message` with the client's limits and policy.
    pub(crate) fn new(message: Message, limits: Limits, retry: RetryPolicy) -> Self {
        Self {
            message: Arc::new(message),
            webhook_token: None,
            max_results: types::MaxResults::MAX as u32,
            start: None,
            limits,
            retry,
            deadline: None,
            ready_within: None,
            max_pages: None,
            max_readers: None,
            deduplicate: true,
            prefetch: false,
            restart_on_invalid_cursor: false,
            missing_cursor_ends: false,
            call_budget: None,
        }
    }

    /// The part that the pager has to know.
    pub(crate) fn pager_options(&self) -> PagerOptions {
        PagerOptions {
            max_pages: self.max_pages,
            restart_on_invalid_cursor: self.restart_on_invalid_cursor,
            missing_cursor_ends: self.missing_cursor_ends,
        }
    }

    /// Checks what can be checked without asking DingTalk, and says where the pages begin.
    pub(crate) fn check(&self) -> Result<Cursor> {
        let message = &self.message;
        if message.process_query_key.trim().is_empty() {
            return Err(Error::argument(
                "the process query key is empty; the operation that sent the message returned it",
            ));
        }
        let token = self.webhook_token.as_ref();
        if is_blank(message.conversation.as_deref()) && !webhook_token::is_given(token) {
            return Err(Error::argument(
                "the message's group is not named; give its open conversation id or the webhook robot's token",
            ));
        }
        webhook_token::check(token)?;
        self.page_size()?;
        match &self.start {
            Some(cursor) if cursor.message.process_query_key != message.process_query_key => {
                Err(Error::argument("the cursor belongs to another message"))
            }
            Some(cursor) => Ok(Cursor {
                message: Arc::clone(message),
                ..cursor.clone()
            }),
            None => Ok(Cursor {
                message: Arc::clone(message),
                next: None,
                pages: 0,
            }),
        }
    }

    fn page_size(&self) -> Result<types::MaxResults> {
        types::MaxResults::try_from(i64::from(self.max_results)).map_err(|error| {
            Error::argument(format!(
                "the page size cannot be {}: {error}",
                self.max_results
            ))
        })
    }

    /// The body of the request for the page at `cursor`.
    pub(crate) fn body(&self, cursor: &Cursor) -> Result<types::ReadStatusQuery> {
        Ok(types::ReadStatusQuery {
            process_query_key: self.message.process_query_key.clone(),
            open_conversation_id: self.message.conversation.clone(),
            robot_code: self.message.robot.clone(),
            token: self.webhook_token.clone(),
            max_results: Some(self.page_size()?),
            next_token: cursor.next.clone(),
        })
    }
}
