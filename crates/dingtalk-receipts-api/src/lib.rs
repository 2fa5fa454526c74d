//! Bindings generated from the contract of DingTalk's group-message read status.
//!
//! Nothing here is written by hand: `build.rs` generates it from `openapi/dingtalk-receipts.yaml`, which is the place
//! to change anything. Whoever wants to know who has read a message wants the crate `dingtalk-receipts` instead; this
//! one is what it is built on: the [`types`] of the wire, a [`Client`] with one method for each operation and one that
//! only writes its request, and what the contract says about [`errors`], [`servers`] and [`operations`].

// Only what is generated is excused: the contract's prose is no rustdoc, and progenitor's code is not ours to lint.
#[allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    unused_imports,
    rustdoc::all,
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]
mod bindings {
    include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
}

pub use bindings::*;
