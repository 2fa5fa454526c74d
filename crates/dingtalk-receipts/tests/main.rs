//! The client as its users see it: against the sandbox over HTTP on loopback, and with the test double.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "these are tests, helpers included"
)]

mod auth;
mod blocking;
mod faults;
mod law;
mod live;
mod many;
mod messages;
mod metrics;
mod pages;
mod script;
mod scripted;
mod support;
mod twins;
mod watch;
