//! The first line of a journal's file: that it is one, whose it is, and since when.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::journal::millis;
use super::scope::JournalScope;

/// The version of the format that is written, and the only one that is read.
const VERSION: u64 = 2;

/// What the line begins with in every version, so that no other file is taken for a journal and written to.
const MARK: &str = "{\"journal\":\"dingtalk-receipts\",";

/// What the other lines begin with.
const RECORD: &str = "{\"processQueryKey\":";

/// More than a first line has. Of another file, however large, no more is read.
pub(super) const MOST_BYTES: u64 = 16 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    journal: String,
    version: u64,
    /// `None` until a run [begins](crate::Journal::begin).
    #[serde(flatten)]
    pub(super) scope: Option<JournalScope>,
    /// When the run began whose answers these are, in milliseconds since 1970.
    pub(super) began: u64,
}

/// What a first line is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum First {
    /// The file is empty, or it was cut off while its first line was written.
    Nothing,
    /// Of a journal whose lines can be read.
    Header(Header),
    /// Of a journal, but its lines cannot be read, for this reason.
    Unreadable(String),
    /// Of another file.
    Foreign,
}

impl Header {
    pub(super) fn new(scope: Option<JournalScope>, now: SystemTime) -> Self {
        Self {
            journal: "dingtalk-receipts".to_owned(),
            version: VERSION,
            scope,
            began: millis(now),
        }
    }

    /// The line.
    pub(super) fn line(&self) -> serde_json::Result<Vec<u8>> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }
}

impl First {
    /// What this line is; it has no line break at its end if the file ends with it.
    pub(super) fn of(line: &[u8]) -> Self {
        if line.is_empty() {
            return Self::Nothing;
        }
        if line.len() as u64 >= MOST_BYTES {
            // Longer than any first line of this version, and not known to its end.
            return match line.starts_with(MARK.as_bytes()) {
                true => Self::Unreadable("its first line is too long".to_owned()),
                false => Self::Foreign,
            };
        }
        let nul = line.iter().take_while(|byte| **byte == 0).count();
        let rest = line.get(nul..).unwrap_or_default();
        if nul > 0 {
            // Nothing but NUL bytes, or a line of a journal behind them.
            return match rest.is_empty()
                || [MARK, RECORD]
                    .iter()
                    .any(|mark| rest.starts_with(mark.as_bytes()))
            {
                true => Self::Unreadable("its first line is lost: it is NUL bytes".to_owned()),
                false => Self::Foreign,
            };
        }
        if !line.ends_with(b"\n") {
            return match MARK.as_bytes().starts_with(line) || line.starts_with(MARK.as_bytes()) {
                true => Self::Nothing,
                false => Self::Foreign,
            };
        }
        if !line.starts_with(MARK.as_bytes()) {
            return Self::Foreign;
        }
        #[derive(Deserialize)]
        struct Version {
            version: u64,
        }
        match serde_json::from_slice::<Version>(line).map(|line| line.version) {
            Ok(VERSION) => match serde_json::from_slice(line) {
                Ok(header) => Self::Header(header),
                Err(error) => Self::Unreadable(format!("its first line is damaged: {error}")),
            },
            Ok(older) if older < VERSION => Self::Unreadable(format!(
                "it has the format {older} of an earlier version of this program, which did not say whose answers they are"
            )),
            Ok(newer) => Self::Unreadable(format!(
                "it has the format {newer} of a later version of this program; this one knows {VERSION}"
            )),
            Err(error) => Self::Unreadable(format!("its first line is damaged: {error}")),
        }
    }
}
