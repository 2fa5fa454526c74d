//! `init`: a workspace around a document.

mod name;
mod template;
mod write;

pub use write::{Arguments, run};
