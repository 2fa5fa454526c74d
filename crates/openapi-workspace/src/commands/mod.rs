//! One file a command.

pub(crate) mod acceptance;
pub(crate) mod ci;
pub(crate) mod diff;
pub(crate) mod lint;
pub(crate) mod package;
pub(crate) mod regen;
pub(crate) mod round_trip;
pub(crate) mod watch;
