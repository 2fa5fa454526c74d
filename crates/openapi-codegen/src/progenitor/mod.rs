//! Runs progenitor, and finds out where in a document it gave up.

mod locate;
mod reason;
mod run;

pub(crate) use locate::locate;
pub(crate) use run::run;
