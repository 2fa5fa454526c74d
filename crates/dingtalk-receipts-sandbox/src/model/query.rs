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
use crate::model::robot::Robot;
use crate::model::store::Store;
use crate::model::token::IssuedToken;

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
    let (robot, conversation) = sender(store, caller, body).map_err(refused)?;
    if let Some(code) = &robot.refusal {
        return Err(refused(code));
    }
    let app = store.apps.get(caller.app);
    if robot
        .app
        .as_ref()
        .is_some_and(|owner| app.is_none_or(|app| app.key != *owner))
    {
        return Err(refused("auth.error"));
    }
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

/// The robot that a query names, and the conversation unless it names the robot by its webhook's token.
fn sender<'a>(
    store: &'a Store,
    caller: &IssuedToken,
    body: &'a Value,
) -> Result<(&'a Robot, Option<&'a str>), &'static str> {
    let text = |field: &str| body[field].as_str().filter(|text| !text.is_empty());
    let Some(id) = text("openConversationId") else {
        let token = text("token").ok_or("openConversationId.notExisted")?;
        let robot = store
            .robots
            .values()
            .find(|r| r.webhook_token.as_deref() == Some(token));
        return robot
            .map(|robot| (robot, None))
            .ok_or("invalidParameter.invalid");
    };
    let code = text("robotCode").ok_or("invalidParameter.robotCode.missing")?;
    if code.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("invalidParameter.robotCode.invalid");
    }
    let conversation = store
        .conversations
        .get(id)
        .ok_or("invalid.openConversationId")?;
    if !conversation.belongs_to(&caller.corp) {
        return Err("conversation.org.dismatch");
    }
    let in_group = conversation.robots.iter().any(|robot| robot == code);
    let robot = store.robots.get(code).filter(|_| in_group);
    robot
        .map(|robot| (robot, Some(id)))
        .ok_or("invalidParameter.robotCode.notExsit")
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
