//! Bindings of the documents under `cases`.

#[allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    unused_imports,
    rustdoc::all,
    clippy::all
)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod modules {
    include!(concat!(env!("OUT_DIR"), "/modules.rs"));
}

pub use modules::*;
