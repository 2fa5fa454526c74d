//! A journal in a file: a line of JSON for each message, appended and never changed.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::header::Header;
use super::journal::{Journal, MessageKey, Record, from_millis};
use super::lines::{JournalDamage, Lines};
use super::options::JournalOptions;
use super::scope::JournalScope;
use crate::error::Result;

/// A [`Journal`] in a file of NDJSON: a first line that says what it is and whose, then a line for each message.
///
/// | what happens | what the journal promises |
/// |---|---|
/// | the process dies | nothing is lost: a line is handed to the operating system as soon as its message is answered |
/// | a power failure | what was answered in the last [second](Self::sync_every) is asked again |
/// | a line is cut off, damaged, blank or NUL bytes | the other lines are used; what is damaged is kept in a file with `.damaged` behind its name, and [told](Self::damage) |
/// | another server, another app | refused, with the reason |
/// | another webhook token for the same key | another message: its own answer |
/// | a run of [a day ago](JournalOptions::max_age) | forgotten: everything is asked again |
/// | another version of the format | refused, with the reason; a [fresh](JournalOptions::fresh) start works |
/// | another file | refused, and left as it is |
/// | a second run at the same time | refused, as far as the file system has [locks](Self::is_locked) |
pub struct FileJournal {
    pub(super) path: PathBuf,
    pub(super) file: File,
    pub(super) header: Header,
    /// Whether the file has its first line.
    pub(super) begun: bool,
    pub(super) lines: Lines,
    pub(super) end: u64,
    pub(super) locked: bool,
    /// When the run began whose answers were forgotten.
    pub(super) outdated: Option<SystemTime>,
    sync_every: Duration,
    synced: Instant,
    dirty: bool,
}

impl FileJournal {
    /// Opens the journal at `path`, or makes it, with the default [options](JournalOptions).
    ///
    /// # Errors
    ///
    /// The file cannot be read or written, it is not a journal of this version, or another run uses it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        JournalOptions::new().open(path)
    }

    pub(super) fn new(path: PathBuf, file: File, header: Header) -> Self {
        Self {
            path,
            file,
            header,
            begun: false,
            lines: Lines::default(),
            end: 0,
            locked: true,
            outdated: None,
            sync_every: Duration::from_secs(1),
            synced: Instant::now(),
            dirty: false,
        }
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
        self.lines.index.len()
    }

    /// Whether it knows no message.
    pub fn is_empty(&self) -> bool {
        self.lines.index.is_empty()
    }

    /// When the run began whose answers it holds.
    pub fn began(&self) -> SystemTime {
        from_millis(self.header.began)
    }

    /// When the run began whose answers were too [old](JournalOptions::max_age) to be used, if there was one.
    pub fn outdated(&self) -> Option<SystemTime> {
        self.outdated
    }

    /// What was damaged when it was opened.
    pub fn damage(&self) -> &[JournalDamage] {
        &self.lines.damage
    }

    /// Where damaged lines are kept.
    pub fn damaged_path(&self) -> PathBuf {
        with_suffix(&self.path, ".damaged")
    }

    /// Whether other runs are kept away. Some network file systems have no locks: there it is the user's part.
    pub fn is_locked(&self) -> bool {
        self.locked
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

    /// Writes the first line, unless it is there.
    pub(super) fn begin_file(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            let line = self.header.line()?;
            self.append(&line)?;
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()?;
        self.synced = Instant::now();
        self.dirty = false;
        Ok(())
    }

    /// Refuses another scope than the journal's.
    pub(super) fn check(&self, scope: &JournalScope) -> io::Result<()> {
        match self
            .header
            .scope
            .as_ref()
            .and_then(|own| own.differs(scope))
        {
            Some(why) => Err(invalid(why)),
            None => Ok(()),
        }
    }
}

impl Journal for FileJournal {
    fn begin(&mut self, scope: &JournalScope) -> io::Result<()> {
        self.check(scope)?;
        if self.header.scope.is_none() {
            if self.begun {
                return Err(invalid(
                    "its first line does not say whose answers it holds",
                ));
            }
            self.header.scope = Some(scope.clone());
        }
        self.begin_file()
    }

    fn find(&mut self, message: &MessageKey) -> io::Result<Option<Record>> {
        let Some(&(start, length)) = self.lines.index.get(message) else {
            return Ok(None);
        };
        let mut line = vec![0; length];
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut line)?;
        let record = serde_json::from_slice(&line)
            .map_err(|error| invalid(format!("the line at byte {start} is damaged: {error}")))?;
        Ok(Some(record))
    }

    fn keep(&mut self, record: &Record) -> io::Result<()> {
        self.begin_file()?;
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        let place = (self.end, line.len());
        self.append(&line)?;
        self.lines.index.insert(record.message.clone(), place);
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

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

pub(super) fn invalid(why: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.into())
}
