//! UTF-8, and what to say of a file in another encoding.

use crate::SourceError;
use crate::location::{Lines, Location};

/// Why bytes are no text.
pub(crate) struct Problem {
    location: Option<Location>,
    message: &'static str,
}

impl Problem {
    pub(crate) fn into_error(self, name: &str) -> SourceError {
        SourceError::new(name, self.location, self.message)
            .with_help(Some("save the file as UTF-8"))
    }
}

/// The text that the bytes of a file are.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    if let Some(encoding) = wide(&bytes) {
        return Err(Problem {
            location: None,
            message: encoding,
        });
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to());
        let valid = String::from_utf8_lossy(valid.unwrap_or_default());
        Problem {
            location: Some(Lines::of(&valid).locate(&valid, valid.len())),
            message: "not UTF-8 text",
        }
    })
}

/// Encodings that editors on Windows write: known by their byte order mark, or by the zeros
/// beside the first ASCII character, for a document begins with one.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32 text, not UTF-8"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16 text, not UTF-8"),
        [0, first, 0, second, ..] | [first, 0, second, 0, ..] if *first > 0 && *second > 0 => {
            Some("UTF-16 text, not UTF-8")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_named() {
        let said = |bytes: &[u8]| decode(bytes.to_vec()).err().map(|problem| problem.message);
        assert_eq!(said(b"a: b"), None);
        assert_eq!(said(b"\xff\xfea\0:\0"), Some("UTF-16 text, not UTF-8"));
        assert_eq!(said(b"\0a\0:"), Some("UTF-16 text, not UTF-8"));
        assert_eq!(said(b"a\0:\0"), Some("UTF-16 text, not UTF-8"));
        assert_eq!(said(b"\xff\xfe\0\0a\0\0\0"), Some("UTF-32 text, not UTF-8"));
        assert_eq!(said(b"name: caf\xe9"), Some("not UTF-8 text"));
    }
}
