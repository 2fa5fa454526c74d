//! Errors of starting a sandbox.

use std::fmt;
use std::io;

/// A sandbox could not be started.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The contract cannot be served; the text says what is wrong, and where.
    Contract(String),
    /// The builder's values contradict each other; the text says which.
    Setup(String),
    /// The address could not be listened on.
    Listen(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contract(what) => write!(f, "the contract cannot drive the sandbox: {what}"),
            Self::Setup(what) => write!(f, "the sandbox cannot be set up like this: {what}"),
            Self::Listen(_) => f.write_str("the sandbox cannot listen on this address"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen(cause) => Some(cause),
            Self::Contract(_) | Self::Setup(_) => None,
        }
    }
}
