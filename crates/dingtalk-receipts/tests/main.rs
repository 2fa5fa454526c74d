//! The client against the sandbox, over HTTP on loopback.

mod faults;
mod support;
