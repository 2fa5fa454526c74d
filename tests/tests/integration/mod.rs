//! One module a promise.

mod guide;
mod readers;
mod readme;
mod soak;
