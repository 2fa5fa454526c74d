//! The lines of a journal's file: what is whole, and what is damaged.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::journal::MessageKey;

/// Damage to a journal's file. What it was about is asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalDamage {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub what: String,
}

/// The part of a line that an index needs.
#[derive(Deserialize)]
struct Indexed {
    #[serde(flatten)]
    message: MessageKey,
    #[serde(rename = "at")]
    _at: u64,
    // Without its answer, a line that is an object with a key of its own would do.
    receipts: Option<Readers>,
    refused: Option<Code>,
}

#[derive(Deserialize)]
struct Readers {
    #[serde(rename = "readers")]
    _readers: Vec<IgnoredAny>,
    #[serde(rename = "complete")]
    _complete: bool,
}

#[derive(Deserialize)]
struct Code {
    #[serde(rename = "code")]
    _code: String,
}

/// Where the line of each message is, how long it is, and what is damaged.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) index: HashMap<MessageKey, (u64, usize)>,
    pub(super) damage: Vec<JournalDamage>,
}

impl Lines {
    /// Reads the lines from the second on; the first ends at `start`. What is damaged is written to `aside`.
    pub(super) fn read(
        &mut self,
        mut file: impl BufRead,
        start: u64,
        aside: &mut impl Write,
    ) -> io::Result<()> {
        let (mut at, mut number) = (start, 1);
        let mut line = Vec::new();
        loop {
            line.clear();
            let length = file.read_until(b'\n', &mut line)?;
            if length == 0 {
                return Ok(());
            }
            number += 1;
            // A power failure can leave a block of NUL bytes, behind which a later line was written.
            let nul = line.iter().take_while(|byte| **byte == 0).count();
            let rest = line.get(nul..).unwrap_or_default();
            let what = match message(rest) {
                Ok(message) => {
                    let place = (at + nul as u64, length - nul);
                    self.index.insert(message, place);
                    (nul > 0).then(|| "NUL bytes stand before it".to_owned())
                }
                Err(what) => Some(what),
            };
            if let Some(what) = what {
                self.damage.push(JournalDamage { line: number, what });
                aside.write_all(&line)?;
            }
            at += length as u64;
        }
    }
}

/// The message that a whole line is about.
fn message(line: &[u8]) -> Result<MessageKey, String> {
    if line.trim_ascii().is_empty() {
        return Err("it is blank".to_owned());
    }
    if !line.ends_with(b"\n") {
        return Err("it is cut off".to_owned());
    }
    let indexed: Indexed =
        serde_json::from_slice(line).map_err(|error| format!("it is damaged: {error}"))?;
    match (indexed.receipts, indexed.refused) {
        (Some(_), None) | (None, Some(_)) => Ok(indexed.message),
        _ => Err("it is damaged: it has no answer".to_owned()),
    }
}
