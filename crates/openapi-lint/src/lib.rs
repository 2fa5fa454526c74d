#![doc = include_str!("../README.md")]

mod allow;
mod catalog;
mod components;
mod config;
mod examples;
mod finding;
mod keywords;
mod linter;
mod names;
mod operations;
mod part;
mod rule;
mod schemas;
mod secrets;

pub use config::{Config, ConfigError, Level};
pub use finding::Finding;
pub use linter::lint;
pub use rule::{Profile, RULES, Rule};
