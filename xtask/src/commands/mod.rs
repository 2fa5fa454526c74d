//! One file a command.

pub(crate) mod bench;
pub(crate) mod ci;
pub(crate) mod lint;
pub(crate) mod regen;
