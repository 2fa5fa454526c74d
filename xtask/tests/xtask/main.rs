//! The commands as somebody runs them, in temporary git repositories.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod ci;
mod diff;
mod lint;
mod mutations;
mod regen;
mod repository;
mod round_trip;
mod watch;
