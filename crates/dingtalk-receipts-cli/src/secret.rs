//! Secrets: from the environment, from a file or from standard input.

use std::fmt;
use std::io::Read;
use std::path::PathBuf;
use std::str::FromStr;

use crate::failure::Failure;

/// No secret is longer; a wrong file is noticed before it is read whole.
const MOST_BYTES: u64 = 64 * 1024;

/// Where a secret is: a file, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecretFile {
    Stdin,
    Path(PathBuf),
}

impl FromStr for SecretFile {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text == "-" {
            Self::Stdin
        } else {
            Self::Path(text.into())
        })
    }
}

impl fmt::Display for SecretFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("standard input"),
            Self::Path(path) => write!(f, "{}", path.display()),
        }
    }
}

impl SecretFile {
    /// Reads the secret. Line breaks at its end belong to the file, not to the secret.
    pub(crate) fn read(&self, name: &str) -> Result<String, Failure> {
        let mut text = String::new();
        let read = match self {
            Self::Stdin => std::io::stdin()
                .lock()
                .take(MOST_BYTES)
                .read_to_string(&mut text),
            Self::Path(path) => std::fs::File::open(path)
                .and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text)),
        };
        read.map_err(|cause| Failure::local(format!("cannot read the {name} from {self}"), cause))?;
        let secret = text.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            return Err(Failure::usage(format!(
                "there is no {name} in {self}; it is empty"
            )));
        }
        Ok(secret.to_owned())
    }
}

/// A variable of the environment. One that is empty counts as not set.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Failure::usage(format!(
            "the variable {name} is not valid Unicode"
        ))),
    }
}
