//! Lists in the forms that people have them in: JSON, NDJSON, tables of spreadsheets, workbooks, and lines.

mod encoding;
mod json;
mod table;
mod workbook;

use std::fmt;

use serde_json::Value;

pub(crate) use table::{Table, has_cells, plain};

/// Where in a list an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A line of text, from 1.
    Line(u64),
    /// A row of a workbook's sheet, from 1.
    Row(u64),
    /// An element of a JSON array, from 1.
    Element(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number}"),
            Self::Row(number) => write!(f, "row {number}"),
            Self::Element(number) => write!(f, "element {number}"),
        }
    }
}

/// The content of a file, as far as its form says what it is.
#[derive(Debug)]
pub(crate) enum Content {
    /// A JSON array's elements, or the values of NDJSON.
    Json(Vec<(Place, Value)>),
    /// The sheet of a workbook.
    Sheet(Table),
    /// Any other text: comma-separated values, or lines.
    Text(String),
}

/// A file's content, and what had to be done to read it.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) content: Content,
    /// What a person should know about how it was read.
    pub(crate) note: Option<String>,
}

impl List {
    /// Reads the content of a file.
    ///
    /// # Errors
    ///
    /// It is no text and no workbook, or broken JSON; the text says where.
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self, String> {
        if workbook::is_workbook(&bytes) {
            let (sheet, note) = workbook::read(bytes)?;
            let content = Content::Sheet(sheet);
            return Ok(Self { content, note });
        }
        let (text, converted) = encoding::decode(bytes)?;
        let note = converted.map(|from| format!("it was converted from {from}"));
        let content = match text.trim_start().chars().next() {
            Some('{' | '[') => Content::Json(json::values(&text)?),
            _ => Content::Text(text),
        };
        Ok(Self { content, note })
    }
}
