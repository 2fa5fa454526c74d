//! The commands: one file each.

pub(crate) mod completions;
pub(crate) mod export;
pub(crate) mod members;
pub(crate) mod readers;
pub(crate) mod recall;
pub(crate) mod sandbox;
pub(crate) mod send;
pub(crate) mod token;
pub(crate) mod unread;
pub(crate) mod watch;
