//! Fault injection: scripted responses, random faults, faults of connections, and barriers.

pub(crate) mod answer;
pub(crate) mod chaos;
pub(crate) mod connection;
pub(crate) mod gate;
pub(crate) mod script;
