//! Several files as one document: what references to other files lead to becomes components.
//!
//! Each target gets one place, so cycles across files end, and two references to the same thing
//! stay two references to the same thing. Where a component or path is nothing but a reference,
//! its target takes that very place: a document that was split into files reads as it did before.
//! Where OpenAPI has no references (`get: {$ref: get.yaml}`), the target is written out.

mod address;
mod copy;
mod keep;
mod parts;
mod slots;
mod targets;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::references::{Position, walk};
use crate::{Source, pointer};
use address::Address;
pub(crate) use address::is_file;
pub use address::{is_url, normalize_path};
pub(crate) use parts::Parts;
pub use parts::{Cause, Unresolved};

/// How many references to references are followed.
const MAX_HOPS: usize = 64;

/// How many other files are read.
const MAX_FILES: usize = 10_000;

/// How many values of other files are copied.
const MAX_COPIES: usize = 5_000_000;

/// How deep a value may stand for what it refers to to be put in its place.
const MAX_DEPTH: usize = 192;

/// Where other files come from.
pub trait Files {
    /// Reads the file at `path`: slashes, relative to the same folder as the document's own path.
    ///
    /// # Errors
    /// Why there is no such document, and what to do, in one line.
    fn read(&mut self, path: &str) -> Result<Source, String>;
}

/// Reads the files that a document refers to, and makes one document of all. References that
/// cannot be followed stay as they are; [`Source::unresolved`] says why.
///
/// `path` is the path of the document itself, from which its references lead.
///
/// ```
/// use openapi_document::{Files, Source, bundle};
///
/// struct Pets;
/// impl Files for Pets {
///     fn read(&mut self, path: &str) -> Result<Source, String> {
///         Source::parse(path, "Pet:\n  type: object\n").map_err(|error| error.to_string())
///     }
/// }
///
/// let text = "components: {schemas: {Pet: {$ref: 'models/pet.yaml#/Pet'}}}";
/// let document = bundle(Source::parse("api.yaml", text)?, "api.yaml", &mut Pets);
/// assert_eq!(document.value()["components"]["schemas"]["Pet"]["type"], "object");
///
/// let place = document.place("/components/schemas/Pet/type");
/// assert_eq!(place.to_string(), "models/pet.yaml:2:3");
/// # Ok::<(), openapi_document::SourceError>(())
/// ```
pub fn bundle(document: Source, path: &str, files: &mut dyn Files) -> Source {
    if !needs_bundling(document.value()) {
        return document;
    }
    let path = normalize_path(path);
    let mut bundler = Bundler {
        root: &document,
        paths: vec![path.clone()],
        numbers: HashMap::from([(path, Ok(0))]),
        parts: Parts::default(),
        places: HashMap::new(),
        queue: Vec::new(),
        taken: HashMap::new(),
        copied: 0,
        files,
    };
    bundler.keep_places();
    let mut value = bundler.copy_root();
    while let Some(next) = bundler.queue.pop() {
        let (section, name) = (next.section, next.name.clone());
        if let Some(copy) = bundler.copy_component(next) {
            put(&mut value, section, &name, copy);
        }
    }
    let parts = bundler.parts;
    document.bundled(value, parts)
}

/// Whether anything leads to another file, or stands where OpenAPI has no references.
fn needs_bundling(document: &Value) -> bool {
    let mut needed = false;
    walk(document, &mut |entries, _, position| {
        let reference = entries.get("$ref").and_then(Value::as_str);
        needed |= reference.is_some_and(|text| {
            !text.starts_with('#') || (entries.len() == 1 && position.is_written_out())
        });
        // A discriminator's mapping has no `$ref`, but its values lead to schemas all the same.
        needed |= position.is_mapping() && entries.values().filter_map(Value::as_str).any(is_file);
    });
    needed
}

/// Puts a component in its place.
fn put(document: &mut Value, section: &str, name: &str, value: Value) {
    let empty = || Value::Object(Map::new());
    let Value::Object(root) = document else {
        return;
    };
    let components = root.entry("components").or_insert_with(empty);
    let Value::Object(components) = components else {
        return;
    };
    if let Value::Object(section) = components.entry(section).or_insert_with(empty) {
        section.insert(name.to_owned(), value);
    }
}

/// A document on its way to be bundled.
struct Bundler<'d> {
    root: &'d Source,
    /// The path of each file, by its number.
    paths: Vec<String>,
    /// The number of each file that was asked for, or why it was not read.
    numbers: HashMap<String, Result<usize, Failure>>,
    parts: Parts,
    /// Where each target of another file stands in the bundled document.
    places: HashMap<Address, String>,
    queue: Vec<Placed>,
    /// The names of the components in each section.
    taken: HashMap<&'static str, HashSet<String>>,
    copied: usize,
    files: &'d mut dyn Files,
}

/// A component that is still to be copied.
struct Placed {
    address: Address,
    section: &'static str,
    name: String,
    mount: String,
}

/// Why a reference is not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Failure {
    cause: Cause,
    reason: String,
}

impl Failure {
    fn new(cause: Cause, reason: impl Into<String>) -> Self {
        Self {
            cause,
            reason: reason.into(),
        }
    }
}

/// Where a value comes from, and where it goes.
struct Spot {
    file: usize,
    at: String,
    mount: String,
    depth: usize,
}

impl Spot {
    fn member(&self, key: &str) -> Self {
        Self {
            file: self.file,
            at: pointer::join(&self.at, key),
            mount: pointer::join(&self.mount, key),
            depth: self.depth + 1,
        }
    }
}

/// The position of a component of a section.
fn component(section: &'static str) -> Position<'static> {
    Position::of(section)
}

/// The text of a reference that stands alone.
fn only_reference(value: &Value) -> Option<&str> {
    let entries = value.as_object().filter(|entries| entries.len() == 1)?;
    entries.get("$ref")?.as_str()
}
