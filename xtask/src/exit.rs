//! How a command ends.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// The exit codes; the number says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing to say.
    Fine = 0,
    /// Something was found.
    Findings = 1,
    /// The command was called wrongly, or could not be run here.
    Usage = 2,
    /// A file that is generated is not what would be generated now.
    Stale = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not be run to its end.
#[derive(Debug)]
pub(crate) struct Stop {
    exit: Exit,
    message: String,
}

impl Stop {
    /// The command cannot be run here, or like this.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
        }
    }

    /// Something was found that stands in the way of finding more.
    pub(crate) fn findings(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Findings,
            message: message.into(),
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // `cargo xtask | head` is no failure.
            io::ErrorKind::BrokenPipe => Self {
                exit: Exit::Fine,
                message: String::new(),
            },
            _ => Self::usage(format!("cannot write: {error}")),
        }
    }
}
