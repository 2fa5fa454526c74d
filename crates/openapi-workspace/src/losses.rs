//! The known losses of the generated types, and why they are accepted: `openapi/codegen-losses.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};
use openapi_document::Location;
use serde::Deserialize;
use toml::Spanned;

use crate::error::Error;

/// What begins a list that is written.
const HEADER: &str = "\
# What the generated Rust types do not say of what the contract says, each with the reason why it is accepted. `round-trip`
# fails on a loss that is not listed here, and on an entry of which nothing gets lost any more. In a pointer `*` is any
# text.
";

/// What gets lost in the generated types at one place.
#[derive(Debug, Deserialize)]
pub(crate) struct Loss {
    /// The JSON pointer of the schema.
    pub(crate) pointer: String,
    /// The keyword that the types do not keep.
    pub(crate) keyword: String,
    /// What happens, in one line.
    pub(crate) message: String,
}

/// The known losses.
#[derive(Debug)]
pub(crate) struct Known {
    text: String,
    places: Vec<Place>,
}

/// One pointer of an entry.
#[derive(Debug)]
struct Place {
    pointer: Spanned<String>,
    pattern: GlobMatcher,
    keyword: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    loss: Vec<Entry>,
}

/// The places in the document, the keyword, and the reason why it is accepted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    pointer: Option<Spanned<String>>,
    #[serde(default)]
    pointers: Vec<Spanned<String>>,
    keyword: Spanned<String>,
    reason: String,
}

impl Known {
    /// Reads the list; a list that is not there is empty.
    pub(crate) fn read(path: &Path, name: &str) -> Result<Self, Error> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Error::usage(format!("cannot read {name}: {error}"))),
        };
        let file: File = toml::from_str(&text)
            .map_err(|error| Error::findings(format!("{name}: {}", error.to_string().trim())))?;
        let mut places = Vec::new();
        for entry in file.loss {
            let wrong = |what: &str| {
                let Location { line, column } = location(&text, &entry.keyword);
                Error::findings(format!("{name}:{line}:{column}: {what}"))
            };
            let first = entry.pointer.iter().chain(&entry.pointers).next();
            let Some(first) = first else {
                return Err(wrong("the entry has neither `pointer` nor `pointers`"));
            };
            if entry.reason.trim().is_empty() {
                return Err(wrong(&format!("no reason for #{}", first.get_ref())));
            }
            for pointer in entry.pointer.iter().chain(&entry.pointers) {
                places.push(Place {
                    pointer: pointer.clone(),
                    pattern: pattern(pointer.get_ref()).map_err(|error| wrong(&error))?,
                    keyword: entry.keyword.get_ref().clone(),
                });
            }
        }
        Ok(Self { text, places })
    }

    /// Whether a loss is known.
    pub(crate) fn covers(&self, loss: &Loss) -> bool {
        self.places.iter().any(|place| place.is(loss))
    }

    /// The listed losses that did not happen, with their places in the list.
    pub(crate) fn unused(&self, happened: &[Loss]) -> Vec<(Location, &str, &str)> {
        self.places
            .iter()
            .filter(|place| !happened.iter().any(|loss| place.is(loss)))
            .map(|place| {
                (
                    location(&self.text, &place.pointer),
                    place.pointer.get_ref().as_str(),
                    place.keyword.as_str(),
                )
            })
            .collect()
    }

    /// The list with entries for more losses: one for each kind, with all its places.
    pub(crate) fn with(&self, losses: &[Loss]) -> String {
        let mut text = self.text.clone();
        if text.is_empty() {
            text.push_str(HEADER);
        }
        for ((keyword, message), losses) in kinds(losses) {
            let quoted = |text: &str| toml::Value::from(text).to_string();
            text.push_str("\n[[loss]]\npointers = [\n");
            for loss in losses {
                text.push_str(&format!("    {},\n", quoted(&loss.pointer)));
            }
            let reason = quoted(&format!("Accepted with all others of its time: {message}."));
            text.push_str(&format!(
                "]\nkeyword = {}\nreason = {reason}\n",
                quoted(keyword)
            ));
        }
        text
    }
}

impl Place {
    fn is(&self, loss: &Loss) -> bool {
        self.keyword == loss.keyword && self.pattern.is_match(&loss.pointer)
    }
}

/// The losses of each keyword and message.
pub(crate) fn kinds(losses: &[Loss]) -> BTreeMap<(&str, &str), Vec<&Loss>> {
    let mut kinds: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for loss in losses {
        let kind = (loss.keyword.as_str(), loss.message.as_str());
        kinds.entry(kind).or_default().push(loss);
    }
    kinds
}

/// A pointer in which `*` stands for any text, and everything else for itself.
fn pattern(pointer: &str) -> Result<GlobMatcher, String> {
    let glob = globset::escape(pointer).replace("[*]", "*");
    GlobBuilder::new(&glob)
        .literal_separator(false)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| error.to_string())
}

fn location<T>(text: &str, value: &Spanned<T>) -> Location {
    let before = text.get(..value.span().start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Location { line, column }
}
