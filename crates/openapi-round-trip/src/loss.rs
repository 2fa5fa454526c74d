//! Something that the document says and the generated types do not.

use serde::Serialize;

/// A loss, by the place in the document and the keyword that gets lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Loss {
    /// Where: a JSON pointer to a schema.
    pub pointer: String,
    /// The keyword, such as `maximum`; `values` if values do not survive.
    pub keyword: String,
    /// What happens, in one line.
    pub message: String,
}

impl Loss {
    pub(crate) fn new(pointer: &str, keyword: &str, message: String) -> Self {
        let message = message.replace(['\n', '\r'], " ");
        Self {
            pointer: pointer.to_owned(),
            keyword: keyword.to_owned(),
            message,
        }
    }

    /// Whether two are the same loss, seen in different ways.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (&self.pointer, &self.keyword) == (&other.pointer, &other.keyword)
    }
}
