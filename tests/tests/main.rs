//! The workspace as a consumer sees it: the client and the command against the sandbox, over HTTP on loopback.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "these are tests, helpers included"
)]

mod integration;
