//! How a command ends.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// The exit codes of a command; the number is the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing was found.
    Success = 0,
    /// Something was found.
    Findings = 1,
    /// The command was called wrongly, or cannot be run here.
    Usage = 2,
    /// A generated file is not what would be generated now.
    Stale = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not be run to its end. `Display` is the message for the user.
#[derive(Debug)]
pub struct Error {
    exit: Exit,
    message: String,
}

impl Error {
    /// The command cannot be run here, or with these arguments.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
        }
    }

    /// A finding prevents the rest of the command.
    #[must_use]
    pub fn findings(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Findings,
            message: message.into(),
        }
    }

    /// The exit code of the command.
    #[must_use]
    pub fn exit(&self) -> Exit {
        self.exit
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // `cargo xtask | head` is no failure.
            io::ErrorKind::BrokenPipe => Self {
                exit: Exit::Success,
                message: String::new(),
            },
            _ => Self::usage(format!("cannot write: {error}")),
        }
    }
}
