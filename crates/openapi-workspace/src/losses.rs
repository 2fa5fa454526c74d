//! What is known to get lost in the generated types, and why: `openapi/codegen-losses.toml`.

use std::fs;
use std::path::Path;

use openapi_document::Location;
use serde::Deserialize;
use toml::Spanned;

use crate::error::Error;

/// The known losses.
#[derive(Debug)]
pub(crate) struct Known {
    text: String,
    losses: Vec<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    loss: Vec<Entry>,
}

/// One loss: the place in the document, the keyword, and the reason why it is taken as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    pointer: Spanned<String>,
    keyword: String,
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
        let known = Self {
            text,
            losses: file.loss,
        };
        match known
            .losses
            .iter()
            .find(|entry| entry.reason.trim().is_empty())
        {
            Some(entry) => {
                let Location { line, column } = known.location(entry);
                let pointer = entry.pointer.get_ref();
                Err(Error::findings(format!(
                    "{name}:{line}:{column}: no reason for #{pointer}"
                )))
            }
            None => Ok(known),
        }
    }

    /// Whether a loss is known.
    pub(crate) fn covers(&self, pointer: &str, keyword: &str) -> bool {
        self.losses.iter().any(|known| known.is(pointer, keyword))
    }

    /// The listed losses that did not happen, with their places in the list.
    pub(crate) fn unused<'a>(
        &self,
        happened: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    ) -> Vec<(Location, &str, &str)> {
        let gone = |known: &&Entry| {
            !happened
                .clone()
                .any(|(pointer, keyword)| known.is(pointer, keyword))
        };
        let place = |known| {
            (
                self.location(known),
                known.pointer.get_ref().as_str(),
                known.keyword.as_str(),
            )
        };
        self.losses.iter().filter(gone).map(place).collect()
    }

    fn location(&self, entry: &Entry) -> Location {
        let before = self
            .text
            .get(..entry.pointer.span().start)
            .unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Location { line, column }
    }
}

impl Entry {
    fn is(&self, pointer: &str, keyword: &str) -> bool {
        self.pointer.get_ref() == pointer && self.keyword == keyword
    }
}
