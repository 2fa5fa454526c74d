//! The engine as its users see it.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail a test")]

mod cases;
mod command;
mod directory;
mod documents;
mod inputs;
mod laws;
mod lifecycle;
mod pairs;
mod refactorings;
mod references;
mod reports;
mod robustness;
mod settings;
mod verdicts;
