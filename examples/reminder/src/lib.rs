//! Names, in the group, the members who have not read a message: once for each message and person in a time that the
//! caller sets, remembered in a file.
//!
//! DingTalk's send operation has no mentions, so the people are named in the text. A reminder whose sending failed with an
//! unknown outcome counts as sent: twice is worse than not at all.

mod memory;
mod reminder;

pub use memory::Memory;
pub use reminder::{Outcome, Reminder};
