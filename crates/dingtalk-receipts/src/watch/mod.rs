//! Polling one message.
//!
//! A poll asks for all pages. Only what is new is given. When nothing is, the next poll comes later, up to a most; the
//! number of calls is bounded beforehand, because every page of every poll is metered.

mod change;
mod plan;
mod stream;

pub use change::{Change, End};
pub use stream::Watch;
