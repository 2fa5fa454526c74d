//! What commands read: a file, or standard input.

use std::fmt;
use std::io::Read as _;
use std::path::PathBuf;
use std::str::FromStr;

use crate::failure::Failure;

/// A file, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    Stdin,
    Path(PathBuf),
}

impl FromStr for Input {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text == "-" {
            Self::Stdin
        } else {
            Self::Path(text.into())
        })
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
    pub(crate) fn text(&self, most: u64, what: &str) -> Result<String, Failure> {
        let mut text = String::new();
        let read = match self {
            Self::Stdin => std::io::stdin()
                .lock()
                .take(most + 1)
                .read_to_string(&mut text),
            Self::Path(path) => std::fs::File::open(path)
                .and_then(|file| file.take(most + 1).read_to_string(&mut text)),
        };
        read.map_err(|cause| Failure::local(format!("cannot read {what} from {self}"), cause))?;
        if text.len() as u64 > most {
            return Err(Failure::usage(format!("{self} is too long to be {what}")));
        }
        // Some editors begin a file with a mark that belongs to nobody's name.
        Ok(text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text))
    }
}
