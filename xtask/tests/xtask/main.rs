//! The commands as somebody runs them, in temporary git repositories.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod ci;
mod diff;
mod foreign;
mod lint;
#[path = "../../../crates/openapi-codegen/tests/generate/mutate.rs"]
mod mutate;
mod mutations;
mod regen;
mod repository;
mod round_trip;
#[path = "../../../crates/openapi-codegen/tests/generate/synthetic.rs"]
mod synthetic;
mod watch;
