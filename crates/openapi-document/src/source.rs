//! A document: its text, its data, and the places of the data in the text.

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use crate::bundle::Parts;
use crate::location::Lines;
use crate::references::{self, Resolved};
use crate::yaml::{self, Places};
use crate::{Location, SourceError, Unresolved, encoding, json, pointer, unresolved};

/// A document that was read from YAML or JSON.
///
/// What begins (after white space) with `{` or `[` is read as JSON first; anything else is YAML
/// 1.2. A YAML document may use anchors, aliases and merge keys within bounds; keys that are not
/// strings (`200:`) become the text they are written with.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    value: Value,
    /// YAML's places are known from reading it; JSON's are looked for when somebody asks.
    places: Option<Places>,
    lines: OnceLock<Lines>,
    /// The pointers of schemas that have an anchor, by its name.
    anchors: OnceLock<HashMap<String, String>>,
    /// What came from other files.
    parts: Parts,
}

impl Source {
    /// Reads the file at `path`, whose name in messages is the path as given.
    ///
    /// # Errors
    /// The file cannot be read, is not UTF-8, or is no document (see [`Source::parse`]).
    pub fn read(path: &Path) -> Result<Self, SourceError> {
        let name = path.display().to_string();
        if path.is_dir() {
            return Err(SourceError::new(&name, None, "this is a directory")
                .with_help(Some("give the file in it that has `openapi` and `paths`")));
        }
        let bytes = std::fs::read(path)
            .map_err(|error| SourceError::new(&name, None, format!("cannot read: {error}")))?;
        Self::parse_bytes(name, bytes)
    }

    /// Reads a document from its bytes, as they stand in a file.
    ///
    /// # Errors
    /// The bytes are not UTF-8, or are no document (see [`Source::parse`]).
    pub fn parse_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, SourceError> {
        let name = name.into();
        match encoding::decode(bytes) {
            Ok(text) => Self::parse(name, text),
            Err(problem) => Err(problem.into_error(&name)),
        }
    }

    /// Reads a document from its text. A byte order mark at its beginning is ignored.
    ///
    /// # Errors
    /// The text is neither JSON nor YAML, nests more than 128 levels deep, has the same key twice
    /// in one mapping, more than one YAML document, tags of an application, or aliases that grow
    /// without proportion.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Result<Self, SourceError> {
        let (name, mut text) = (name.into(), text.into());
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let looks_like_json = text.trim_start().starts_with(['{', '[']);
        let as_json = looks_like_json.then(|| json::parse(&text));
        let (value, places) = match as_json {
            Some(Ok(value)) => (value, None),
            Some(Err(problem)) if name.ends_with(".json") => {
                return Err(problem.into_error(&name, &text));
            }
            // A YAML mapping in flow style looks like JSON too.
            Some(Err(problem)) => match yaml::parse(&text) {
                Ok((value, places)) => (value, Some(places)),
                Err(other) => {
                    let is_yaml = [".yaml", ".yml"].iter().any(|end| name.ends_with(end));
                    let problem = if is_yaml { other } else { problem };
                    return Err(problem.into_error(&name, &text));
                }
            },
            None => match yaml::parse(&text) {
                Ok((value, places)) => (value, Some(places)),
                Err(problem) => return Err(problem.into_error(&name, &text)),
            },
        };
        Ok(Self {
            name,
            text,
            value,
            places,
            lines: OnceLock::new(),
            anchors: OnceLock::new(),
            parts: Parts::default(),
        })
    }

    /// This document with data of other files in it.
    pub(crate) fn bundled(self, value: Value, parts: Parts) -> Self {
        Self {
            value,
            parts,
            anchors: OnceLock::new(),
            ..self
        }
    }

    /// The name of the document, as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of the document, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The data of the document, and of other files if they were bundled with it.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The other files that were [bundled](crate::bundle) with the document.
    pub fn files(&self) -> &[Source] {
        self.parts.files()
    }

    /// Resolves a reference of the document to itself, as [`resolve`](crate::resolve) does.
    pub fn resolve(&self, reference: &str) -> Option<Resolved<'_>> {
        references::resolve_with(&self.value, reference, |anchor| {
            self.anchors().get(anchor).cloned()
        })
    }

    /// The references that lead to nothing that was read: to other files or URLs, to places that
    /// are not there, or in a circle. What looks like a reference in examples and other data is
    /// none.
    ///
    /// ```
    /// let text = "paths: {/pets: {$ref: pets.yaml}}";
    /// let source = openapi_document::Source::parse("api.yaml", text)?;
    /// let unresolved = source.unresolved();
    /// assert_eq!(unresolved[0].pointer, "/paths/~1pets");
    /// assert_eq!(unresolved[0].reference, "pets.yaml");
    /// # Ok::<(), openapi_document::SourceError>(())
    /// ```
    pub fn unresolved(&self) -> Vec<Unresolved> {
        unresolved::of(self)
    }

    /// Where the value at `pointer` stands in the text of this very file: the key of a mapping's
    /// entry, the beginning of a sequence's item or of the document. `None` if there is no such
    /// value, or it came from another file: see [`Source::place`].
    ///
    /// Each call on a JSON document walks through its text: see [`Source::locate_all`].
    pub fn locate(&self, pointer: &str) -> Option<Location> {
        self.locate_all(&[pointer]).pop().flatten()
    }

    /// [`Source::locate`] for many pointers in one walk.
    pub fn locate_all(&self, pointers: &[&str]) -> Vec<Option<Location>> {
        let offsets = match &self.places {
            Some(places) => pointers
                .iter()
                .map(|pointer| places.offset(pointer))
                .collect(),
            None => json::offsets(&self.text, pointers),
        };
        let place = |offset| self.lines().locate(&self.text, offset);
        offsets
            .into_iter()
            .map(|offset| offset.map(place))
            .collect()
    }

    /// Where the value at `pointer` stands, or the nearest whole around it that exists.
    pub fn locate_nearest(&self, pointer: &str) -> Location {
        self.locate_nearest_all(&[pointer])
            .pop()
            .unwrap_or(Location { line: 1, column: 1 })
    }

    /// [`Source::locate_nearest`] for many pointers in one walk.
    pub fn locate_nearest_all(&self, pointers: &[&str]) -> Vec<Location> {
        let steps: Vec<&str> = pointers
            .iter()
            .copied()
            .flat_map(pointer::outwards)
            .collect();
        let mut places = self.locate_all(&steps).into_iter();
        pointers
            .iter()
            .map(|pointer| {
                let own: Vec<_> = places
                    .by_ref()
                    .take(pointer::outwards(pointer).count())
                    .collect();
                let nearest = own.into_iter().flatten().next();
                nearest.unwrap_or(Location { line: 1, column: 1 })
            })
            .collect()
    }

    /// The text of line `number` (from 1), without its line ending.
    pub fn line(&self, number: usize) -> Option<&str> {
        self.lines().line(&self.text, number)
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    fn anchors(&self) -> &HashMap<String, String> {
        self.anchors.get_or_init(|| {
            let mut anchors = HashMap::new();
            references::anchors(&self.value, &mut |name, at| {
                anchors.entry(name.to_owned()).or_insert(at);
            });
            anchors
        })
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text))
    }
}

/// Why a text could not be read, and the byte where that was noticed.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) offset: usize,
    pub(crate) message: String,
    pub(crate) help: Option<&'static str>,
}

impl Problem {
    fn into_error(self, name: &str, text: &str) -> SourceError {
        let location = Lines::of(text).locate(text, self.offset.min(text.len()));
        // Parsers quote the text they stumble over: what they say must stay one line.
        let message = self.message.replace(['\n', '\r'], " ");
        SourceError::new(name, Some(location), message).with_help(self.help)
    }
}
