//! The engine as its users see it.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail a test")]

mod cases;
mod command;
mod documents;
mod laws;
mod lifecycle;
mod pairs;
mod public;
mod real;
mod refactorings;
mod robustness;
mod verdicts;
mod versions;
