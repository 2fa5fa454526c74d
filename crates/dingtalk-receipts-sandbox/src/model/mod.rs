//! What exists in a sandbox (apps, robots, conversations, messages, tokens, quota) and the operations on it.

pub(crate) mod app;
pub(crate) mod clock;
pub(crate) mod cursor;
pub(crate) mod demo;
pub(crate) mod issue_token;
pub(crate) mod message;
pub(crate) mod page;
pub(crate) mod page_cache;
pub(crate) mod query;
pub(crate) mod quota;
pub(crate) mod reader;
pub(crate) mod robot;
pub(crate) mod store;
pub(crate) mod token;
