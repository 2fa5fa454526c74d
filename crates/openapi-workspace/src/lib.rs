#![doc = include_str!("../README.md")]

mod artifact;
mod cli;
mod command;
mod commands;
mod error;
mod finding;
pub mod init;
mod losses;
mod output;
mod project;
mod step;
mod tools;
mod workspace;

pub use cli::{Format, Shared, Task, run};
pub use command::Command;
pub use error::{Error, Exit};
pub use output::{BAD, FAINT, GOOD, Output, STRONG, WARNING};
pub use project::Project;
pub use step::Step;
pub use workspace::Workspace;

/// The arguments of the commands.
pub mod arguments {
    pub use crate::commands::ci::Arguments as Ci;
    pub use crate::commands::diff::Arguments as Diff;
    pub use crate::commands::lint::Arguments as Lint;
    pub use crate::commands::regen::Arguments as Regen;
    pub use crate::commands::round_trip::Arguments as RoundTrip;
    pub use crate::commands::watch::Arguments as Watch;
}
