//! What travels between client and server: operations and all that belongs to them.
//!
//! Everything here is judged as an exchange between a sender and a receiver. In a request the
//! client of the base document sends and the server of the revision receives; in a response it is
//! the other way round, and a callback turns both around. What the sender may do and the receiver
//! does not expect, breaks.

pub(crate) mod bodies;
pub(crate) mod encodings;
pub(crate) mod exchange;
pub(crate) mod operations;
pub(crate) mod parameters;
pub(crate) mod paths;
pub(crate) mod responses;
pub(crate) mod schemes;
pub(crate) mod security;
pub(crate) mod servers;
