//! The operation that recalls messages.

mod operation;
mod request;

pub use request::{Recall, Recalled};
