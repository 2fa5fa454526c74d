//! Reads an OpenAPI document from YAML or JSON and finds the line and column of any JSON pointer.
//!
//! A tool that speaks about a document needs two things from it: the data, in one shape whatever
//! it was written in, and the place in the text where each piece of data stands. [`Source`] has
//! both:
//!
//! ```
//! use openapi_document::Source;
//!
//! let source = Source::parse("pets.yaml", "openapi: 3.0.3\npaths:\n  /pets: {}\n")?;
//! assert_eq!(source.value()["openapi"], "3.0.3");
//!
//! let place = source.locate("/paths/~1pets").unwrap();
//! assert_eq!((place.line, place.column), (3, 3));
//! # Ok::<(), openapi_document::SourceError>(())
//! ```
//!
//! What cannot be read is a [`SourceError`] that says where and why. Nothing here panics, nests
//! without bound, or grows out of proportion to the text, whatever the text is.

mod bundle;
mod error;
mod folder;
mod json;
mod location;
pub mod pointer;
mod references;
mod scalar;
mod source;
mod unresolved;
mod yaml;

pub use bundle::{Cause, Files, Unresolved, bundle};
pub use error::SourceError;
pub use folder::Folder;
pub use location::Location;
pub use references::{Resolved, follow, resolve};
pub use source::{Place, Source};
