#![doc = include_str!("../README.md")]

pub mod acceptance;
mod build_script;
pub mod catalog;
mod client;
pub mod document;
mod facts;
mod finding;
mod generator;
mod output;
mod prepare;
mod progenitor;
mod request;
mod required_crates;
mod runtime;
pub mod surface;
mod types;
mod verify;

pub use build_script::{BuildScript, build_script};
pub use finding::{Error, Finding};
pub use generator::{Bindings, Generator, NamedType};
