//! The sandbox as a client sees it: over HTTP, on loopback.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod contract;
mod errors;
mod faults;
mod https;
mod lifecycle;
mod messages;
mod paging;
mod quota;
mod robustness;
mod sending;
mod support;
mod tokens;
