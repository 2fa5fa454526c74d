//! One module a promise.

mod readers;
mod readme;
mod soak;
