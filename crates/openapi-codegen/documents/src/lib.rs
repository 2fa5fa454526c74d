//! Bindings of real documents of many publishers. Nobody uses them: that they compile is all that they show.

#[allow(missing_docs, unreachable_pub, dead_code, unused_imports)]
#[allow(rustdoc::all, clippy::all)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
pub mod documents {
    include!(concat!(env!("OUT_DIR"), "/documents.rs"));
}
