//! The client as its users see it: against the sandbox over HTTP on loopback, and with the test double.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "these are tests, helpers included"
)]

mod blocking;
mod auth;
mod faults;
mod law;
mod many;
mod pages;
mod script;
mod scripted;
mod support;
mod watch;
