//! What exists in a sandbox (apps, robots, conversations, messages, tokens, quota) and the operations on it.

pub(crate) mod app;
pub(crate) mod clock;
pub(crate) mod conversation;
pub(crate) mod cursor;
pub(crate) mod demo;
pub(crate) mod issue_token;
pub(crate) mod list_members;
pub(crate) mod member;
pub(crate) mod message;
pub(crate) mod page;
pub(crate) mod page_cache;
pub(crate) mod query;
pub(crate) mod quota;
pub(crate) mod reader;
pub(crate) mod reading_curve;
pub(crate) mod recall;
pub(crate) mod robot;
pub(crate) mod send;
pub(crate) mod send_limit;
pub(crate) mod sender;
pub(crate) mod sent;
pub(crate) mod store;
pub(crate) mod token;
