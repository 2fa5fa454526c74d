//! Watching, reading many messages, and doing without a runtime, over HTTP.

mod many;
mod rate_limit;
mod runtime;
mod usage;
mod watch;
