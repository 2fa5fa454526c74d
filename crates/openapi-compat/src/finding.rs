//! What a comparison finds.

use std::fmt;

use openapi_document::Location;
use serde::Serialize;
use serde_json::Value;

/// What a change means for those who use the API, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A request that was accepted is refused, or a response comes that was not allowed before.
    Breaking,
    /// Whether it breaks could not be decided.
    Unknown,
    /// The same on the wire, but generated code changes its public names or signatures.
    Sdk,
    /// Different on the wire, and nobody breaks.
    Compatible,
    /// The same on the wire and in generated code; what is said about it changed.
    Docs,
}

impl Class {
    /// The word for it, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Breaking => "breaking",
            Class::Unknown => "unknown",
            Class::Sdk => "sdk",
            Class::Compatible => "compatible",
            Class::Docs => "docs",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Who is affected: those who send requests, or those who receive responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The change is in what a client may send.
    Request,
    /// The change is in what a client may receive.
    Response,
    /// The change is in neither alone.
    None,
}

/// A place in one of the documents.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The name of the file: of the document, or of one that it refers to.
    pub file: String,
    /// The JSON pointer of what changed, or of the nearest thing around it: in the document with
    /// all files that it refers to as one (see [`openapi_document::bundle`]).
    pub pointer: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Place {
    /// The place as a line and a column.
    pub fn location(&self) -> Location {
        Location {
            line: self.line,
            column: self.column,
        }
    }
}

/// One change, judged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// What kind of change it is: stable, and the name that oasdiff uses where it means the same.
    pub id: String,
    /// What it means.
    pub class: Class,
    /// Whom it is about.
    pub direction: Direction,
    /// The operations that it reaches, as `METHOD /path`.
    pub operations: Vec<String>,
    /// Where it is in the base document.
    pub base: Place,
    /// Where it is in the revision.
    pub revision: Place,
    /// What the base says there, if it is a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
    /// What the revision says there, if it is a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Value>,
    /// A value that one side allows and the other refuses, or the request that used to work.
    pub witness: Option<Value>,
    /// What a client or a server will see.
    pub message: String,
    /// Stays the same while id and pointers do, whatever the words are.
    pub fingerprint: String,
}
