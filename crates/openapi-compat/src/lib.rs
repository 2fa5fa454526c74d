//! Compares two OpenAPI 3.0 documents, says for whom each change breaks, and proves it.
//!
//! A schema is read as the set of values that it allows. A request breaks if a value that the base
//! allows is outside what the revision allows; a response breaks if the revision allows a value
//! that the base does not. Each such verdict has a *witness*: a small value that the one side
//! allows and the other refuses, checked on both sides with an independent JSON Schema validator.
//! What cannot be decided is said to be unknown.
//!
//! [`compare`] does it; [`Comparison`] is what it says. With the feature `cli` there is the command
//! too, as a library ([`command`]) for those who have a command of their own to put it in.

#[cfg(feature = "cli")]
pub mod accepted;
mod asides;
#[cfg(feature = "cli")]
pub mod command;
mod compare;
mod docs;
mod document;
mod draft;
mod finding;
mod http;
mod ids;
#[cfg(feature = "cli")]
pub mod input;
mod judge;
mod kind;
mod lifecycle;
mod promises;
#[cfg(feature = "cli")]
pub mod report;
mod sameness;
mod schema;
pub mod sdk;
#[cfg(feature = "cli")]
pub mod settings;
mod unresolved;
#[cfg(feature = "cli")]
pub mod version;
mod words;

pub use compare::{CompareError, Comparison, compare, compare_with};
pub use finding::{Class, Direction, Finding, Place};
