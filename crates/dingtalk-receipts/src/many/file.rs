//! A journal in a file: a line of JSON for each message, appended and never changed.

use std::collections::HashMap;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::journal::{Journal, MessageKey, Record};
use crate::error::{Error, Result};
use crate::receipts::Receipts;

/// The first line, so that no other file is taken for a journal and written to.
const HEADER: &str = "{\"journal\":\"dingtalk-receipts\",\"version\":1}\n";

/// A [`Journal`] in a file of NDJSON: a first line that says what it is, then a line for each message.
///
/// **What survives what.** A line is handed to the operating system as soon as its message is answered, so nothing is
/// lost when the process dies. The disk is told to keep it once a [second](Self::sync_every) and at the end; what was
/// answered in the last second before a power failure is asked again. A last line that was cut off is taken away when
/// the journal is opened. The file is locked, so that two runs do not write to it at once.
pub struct FileJournal {
    path: PathBuf,
    file: File,
    /// Where the line of each message is, and how long it is.
    lines: HashMap<MessageKey, (u64, usize)>,
    end: u64,
    sync_every: Duration,
    synced: Instant,
    dirty: bool,
}

/// The part of a line that an index needs.
#[derive(Deserialize)]
struct Indexed {
    #[serde(flatten)]
    message: MessageKey,
    // Without its readers, a line that is an object with a key of its own would do.
    #[serde(rename = "readers")]
    _readers: serde::de::IgnoredAny,
}

impl FileJournal {
    /// Opens the journal at `path`, or makes it.
    ///
    /// # Errors
    ///
    /// The file cannot be read or written, it is not a journal, or another run uses it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref().to_owned();
        let broken = |error: io::Error| {
            let text = format!("the journal {} cannot be opened", path.display());
            Error::configuration(text).caused_by(error)
        };
        // To open a pipe may wait for ever, and a device may have no end.
        if std::fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(broken(invalid("it is not a regular file")));
        }
        let mut options = OpenOptions::new();
        let file = options
            .read(true)
            .append(true)
            .create(true)
            .open(&path)
            .map_err(broken)?;
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(fs4::TryLockError::WouldBlock) => {
                let text = format!("the journal {} is in use by another run", path.display());
                return Err(Error::configuration(text));
            }
            // A file system that knows no locks; keeping others away is then the user's part.
            Err(fs4::TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(fs4::TryLockError::Error(error)) => return Err(broken(error)),
        }
        let mut journal = Self {
            file,
            path: path.clone(),
            lines: HashMap::new(),
            end: 0,
            sync_every: Duration::from_secs(1),
            synced: Instant::now(),
            dirty: false,
        };
        journal.index().map_err(broken)?;
        Ok(journal)
    }

    /// How long the disk may keep lines to itself before it is told to write them: zero is after each line,
    /// [`Duration::MAX`] never.
    #[must_use]
    pub fn sync_every(mut self, time: Duration) -> Self {
        self.sync_every = time;
        self
    }

    /// How many messages it knows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it knows no message.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Reads the file once, and takes away a last line that was cut off.
    fn index(&mut self) -> io::Result<()> {
        let mut lines = BufReader::new(&self.file);
        let mut line = Vec::new();
        let mut number = 0_u64;
        let mut end = 0_u64;
        loop {
            line.clear();
            // Of another file, however large, no more than a header is read.
            let most = match number {
                0 => HEADER.len() as u64,
                _ => u64::MAX,
            };
            let length = lines.by_ref().take(most).read_until(b'\n', &mut line)?;
            if length == 0 {
                break;
            }
            number += 1;
            let whole = line.ends_with(b"\n");
            if number == 1 {
                let is_header = if whole {
                    line == HEADER.as_bytes()
                } else {
                    HEADER.as_bytes().starts_with(&line)
                };
                if !is_header {
                    return Err(invalid("it is another kind of file"));
                }
            } else if whole {
                let indexed: Indexed = serde_json::from_slice(&line)
                    .map_err(|error| invalid(format!("its line {number} is broken: {error}")))?;
                self.lines.insert(indexed.message, (end, length));
            }
            if !whole {
                break;
            }
            end += length as u64;
        }
        self.file.set_len(end)?;
        self.end = end;
        if end == 0 {
            self.append(HEADER.as_bytes())?;
        }
        Ok(())
    }

    /// Writes a whole line or, as far as the file system lets it, nothing.
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        if let Err(error) = self.file.write_all(line) {
            // If this fails too, the next one to open the journal does it.
            let _ = self.file.set_len(self.end);
            return Err(error);
        }
        self.end += line.len() as u64;
        self.dirty = true;
        if self.synced.elapsed() >= self.sync_every {
            self.sync()?;
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()?;
        self.synced = Instant::now();
        self.dirty = false;
        Ok(())
    }
}

impl Journal for FileJournal {
    fn find(&mut self, message: &MessageKey) -> io::Result<Option<Receipts>> {
        let Some(&(start, length)) = self.lines.get(message) else {
            return Ok(None);
        };
        let mut line = vec![0; length];
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut line)?;
        let record: Record = serde_json::from_slice(&line)
            .map_err(|error| invalid(format!("the line at byte {start} is broken: {error}")))?;
        Ok(Some(record.receipts))
    }

    fn keep(&mut self, record: &Record) -> io::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        let place = (self.end, line.len());
        self.append(&line)?;
        self.lines.insert(record.message.clone(), place);
        Ok(())
    }
}

impl Drop for FileJournal {
    fn drop(&mut self) {
        if self.dirty && self.sync_every < Duration::MAX {
            // Nobody is left to be told.
            let _ = self.sync();
        }
    }
}

impl fmt::Debug for FileJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileJournal")
            .field("path", &self.path)
            .field("messages", &self.len())
            .finish()
    }
}

fn invalid(why: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.into())
}
