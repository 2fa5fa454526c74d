//! Watching, and reading many messages, over HTTP.

mod many;
mod watch;
