//! Reads an OpenAPI document from YAML or JSON, with all files that it refers to, and finds the
//! file, line and column of any JSON pointer.
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
//! # Several files
//!
//! [`Source::read_bundled`] follows references to other files and makes one document of all;
//! [`Source::place`] says in which file each value stands, and [`Source::unresolved`] which
//! references lead nowhere, and why. [`bundle`] does the same for files that come from elsewhere
//! ([`Files`]), or from a wider [`Folder`].
//!
//! # References and pointers
//!
//! [`resolve`] says what a `$ref` of a document to itself leads to, and [`follow`] goes through
//! references to references. [`mod@pointer`] takes JSON pointers apart and puts them together. All
//! encoding (`~1`, `%7B`) is done and undone here, so that it is done once.
//!
//! # Errors and limits
//!
//! What cannot be read is a [`SourceError`] that says where and why. Nothing here panics, nests
//! without bound, or grows out of proportion to the text, whatever the text is.

mod bundle;
mod encoding;
mod error;
mod folder;
mod json;
mod location;
mod place;
pub mod pointer;
mod references;
mod scalar;
mod source;
mod unresolved;
mod yaml;

pub use bundle::{Cause, Files, Unresolved, bundle, is_url, normalize_path};
pub use error::SourceError;
pub use folder::Folder;
pub use location::Location;
pub use place::Place;
pub use references::{Resolved, follow, resolve};
pub use source::Source;
