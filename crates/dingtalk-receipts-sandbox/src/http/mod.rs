//! The HTTP side: connections, routes, and how responses are put on the wire.

pub(crate) mod delivery;
pub(crate) mod fields;
pub(crate) mod gateway;
pub(crate) mod gzip;
pub(crate) mod listener;
pub(crate) mod reply;
pub(crate) mod target;
#[cfg(feature = "tls")]
pub(crate) mod tasks;
#[cfg(feature = "tls")]
pub(crate) mod tls;
pub(crate) mod unreachable;
