//! Watching, reading many messages, and doing without a runtime, over HTTP.

mod many;
mod quota;
mod runtime;
mod usage;
mod watch;
