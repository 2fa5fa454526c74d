//! The engine as its users see it.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail a test")]

mod action;
mod cases;
mod command;
mod directory;
mod documents;
mod folders;
mod inputs;
mod laws;
mod lifecycle;
mod pairs;
mod public;
mod real;
mod refactorings;
mod references;
mod reports;
mod robustness;
mod settings;
mod verdicts;
mod versions;
