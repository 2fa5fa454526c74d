//! Why a sandbox did not start.

use std::fmt;
use std::io;

/// A sandbox could not be started.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The embedded contract lacks something that the sandbox needs; the text says what.
    Contract(String),
    /// The builder was given something that cannot be; the text says what.
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
