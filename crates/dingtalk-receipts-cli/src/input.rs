//! What commands read: a file, or standard input.

use std::ffi::OsString;
use std::fmt;
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::builder::{OsStringValueParser, TypedValueParser as _, ValueParser, ValueParserFactory};

use crate::failure::Failure;

/// Whether standard input was read. What is gone cannot be read again.
static STDIN_IS_READ: AtomicBool = AtomicBool::new(false);

/// A file, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    Stdin,
    Path(PathBuf),
}

/// `-` is standard input; any other text that is not empty is a path, in whatever encoding paths have.
impl ValueParserFactory for Input {
    type Parser = ValueParser;

    fn value_parser() -> ValueParser {
        let parse = |text: OsString| match text.to_str() {
            Some("") => Err("it is empty; it should be a file, or `-`"),
            Some("-") => Ok(Self::Stdin),
            _ => Ok(Self::Path(text.into())),
        };
        OsStringValueParser::new().try_map(parse).into()
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("standard input"),
            Self::Path(path) => write!(f, "{}", path.display()),
        }
    }
}

impl Input {
    /// Reads it whole, which is `what`. More than `most` bytes are refused: it is another file than was meant.
    pub(crate) fn bytes(&self, most: u64, what: &str) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let read = match self {
            Self::Stdin if STDIN_IS_READ.swap(true, Ordering::Relaxed) => {
                return Err(Failure::usage(format!(
                    "{self} can be read once; only one option can be `-`"
                )));
            }
            Self::Stdin => std::io::stdin()
                .lock()
                .take(most + 1)
                .read_to_end(&mut bytes),
            Self::Path(path) => std::fs::File::open(path)
                .and_then(|file| file.take(most + 1).read_to_end(&mut bytes)),
        };
        read.map_err(|cause| Failure::local(format!("cannot read {what} from {self}"), cause))?;
        if bytes.len() as u64 > most {
            return Err(Failure::usage(format!("{self} is too long to be {what}")));
        }
        Ok(bytes)
    }

    /// Reads it whole, as UTF-8 text without the byte order mark that some editors write.
    pub(crate) fn text(&self, most: u64, what: &str) -> Result<String, Failure> {
        let text = String::from_utf8(self.bytes(most, what)?).map_err(|error| {
            let before = error.as_bytes().get(..error.utf8_error().valid_up_to());
            let line = 1 + before
                .into_iter()
                .flatten()
                .filter(|byte| **byte == b'\n')
                .count();
            Failure::usage(format!(
                "{self} is not UTF-8 text, in line {line}; save it as UTF-8"
            ))
        })?;
        Ok(text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text))
    }
}
