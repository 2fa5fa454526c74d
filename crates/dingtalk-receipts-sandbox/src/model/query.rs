//! The read-status query: which message, whether the caller may see it, and which page.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::contract::definition::Contract;
use crate::contract::refusal::Refusal;
use crate::http::fields::Fields;
use crate::model::cursor::{Cursors, Position};
use crate::model::message::Message;
use crate::model::page::Page;
use crate::model::page_cache::PageCache;
use crate::model::sender::{self, Sender, SenderCodes};
use crate::model::store::Store;
use crate::model::token::IssuedToken;

const CODES: SenderCodes = SenderCodes {
    no_conversation: "openConversationId.notExisted",
    unknown_conversation: "invalid.openConversationId",
    other_corp: "conversation.org.dismatch",
    unknown_token: Some("invalidParameter.invalid"),
    missing_robot: "invalidParameter.robotCode.missing",
    empty_robot: "invalidParameter.robotCode.missing",
    malformed_robot: "invalidParameter.robotCode.invalid",
    absent_robot: "invalidParameter.robotCode.notExsit",
    other_app: "auth.error",
};

/// A query that was found to be in order, ready to be answered without the store.
pub(crate) struct ResolvedQuery {
    message: Arc<Message>,
    position: Position,
    size: u64,
}

/// Finds the message and the page that a query means. Its body has passed the contract's schema.
pub(crate) fn resolve(
    store: &Store,
    contract: &Contract,
    cursors: &Cursors,
    caller: &IssuedToken,
    body: &Value,
    now: Duration,
) -> Result<ResolvedQuery, Refusal> {
    let refused = |code: &str| Refusal::new(contract, code);
    let text = |field: &str| body[field].as_str().unwrap_or_default();
    let key = text("processQueryKey");
    if key.is_empty() {
        return Err(refused("invalidParameter.processQueryKey.missing"));
    }
    let Sender {
        robot,
        conversation,
    } = sender::find(store, caller, body, &CODES).map_err(refused)?;
    let conversation = conversation.map(|conversation| conversation.id.as_str());
    let message = store
        .messages
        .get(key)
        .filter(|message| {
            message
                .robot
                .as_ref()
                .is_none_or(|code| *code == robot.code)
        })
        .filter(|message| conversation.is_none() || message.conversation.as_deref() == conversation)
        .ok_or_else(|| refused("invalid.processQueryKey"))?;
    if !message.is_available(now) {
        return Err(refused("processQueryKey.expireTime"));
    }
    let position = match text("nextToken") {
        "" => Position::FIRST,
        cursor => cursors
            .read(&message.key, &message.cursor_prefix, cursor)
            .ok_or_else(|| refused("invalidParameter.cursor.invalid"))?,
    };
    let default = message.default_page_size.unwrap_or(contract.max_page_size);
    // The schema has seen to it that it is whole and in its bounds, but it may be written as 2.0.
    let size = body["maxResults"]
        .as_f64()
        .map_or(default, |size| size as u64);
    Ok(ResolvedQuery {
        message: Arc::clone(message),
        position,
        size,
    })
}

impl ResolvedQuery {
    /// The page as it was written before, if nothing has changed since.
    pub(crate) fn cached(&self, cache: &PageCache, now: Duration) -> Option<Bytes> {
        cache.get(&self.message, self.position, self.size, now)
    }

    /// Keeps a page that has passed its check.
    pub(crate) fn cache(&self, cache: &mut PageCache, now: Duration, page: Bytes) {
        cache.put(&self.message, self.position, self.size, now, page);
    }

    /// The page, as the contract has it.
    pub(crate) fn page(&self, cursors: &Cursors, now: Duration) -> Bytes {
        let page = Page::of(&self.message, cursors, self.position, self.size, now);
        // Text, numbers and lists of them always serialize.
        Bytes::from(serde_json::to_vec(&page).unwrap_or_default())
    }

    /// The page with what the message wants to be odd about it.
    pub(crate) fn edited(&self, page: Bytes) -> Bytes {
        let edits = self
            .message
            .edits
            .iter()
            .filter(|(on, _, _)| *on == self.position.page);
        let mut edits = edits.peekable();
        if edits.peek().is_none() {
            return page;
        }
        let Ok(mut fields) = serde_json::from_slice::<Fields>(&page) else {
            return page;
        };
        for (_, field, value) in edits {
            fields.set(field, value.clone());
        }
        fields.to_bytes()
    }
}
