//! Opening a journal's file: the lock, the first line, the age, and the repair of what is damaged.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::file::{FileJournal, invalid, with_suffix};
use super::header::{First, Header, MOST_BYTES};
use super::journal::from_millis;
use super::scope::JournalScope;
use crate::error::{Error, Result};

/// A day: as long as DingTalk keeps the data.
const MAX_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// How a [`FileJournal`] is opened.
#[derive(Debug, Clone)]
#[must_use = "options open nothing by themselves"]
pub struct JournalOptions {
    scope: Option<JournalScope>,
    max_age: Duration,
    fresh: bool,
}

impl Default for JournalOptions {
    fn default() -> Self {
        Self {
            scope: None,
            max_age: MAX_AGE,
            fresh: false,
        }
    }
}

impl JournalOptions {
    /// The defaults: a day, and nothing is forgotten before.
    pub fn new() -> Self {
        Self::default()
    }

    /// Refuses a journal of another server or app when it is opened, rather than when its run begins.
    pub fn scope(mut self, scope: JournalScope) -> Self {
        self.scope = Some(scope);
        self
    }

    /// Forgets the answers of a run that began so long ago, or nearly so long: a run that is started at the same time
    /// every day does not go on with yesterday's, even if it is a hundredth of this time early. Defaults to 24 hours.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = age;
        self
    }

    /// Forgets everything: the lines of an earlier run are not read, and may be damaged, or of any version, server or
    /// app. Still refused are a file that is no journal, and one that another run uses. Defaults to false.
    pub fn fresh(mut self, on: bool) -> Self {
        self.fresh = on;
        self
    }

    /// Opens the journal at `path`, or makes it.
    ///
    /// # Errors
    ///
    /// The file cannot be read or written, it is not a journal of this version or of the [scope](Self::scope), or
    /// another run uses it.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<FileJournal> {
        let path = path.as_ref();
        let broken = |error: io::Error| {
            let text = format!("the journal {} cannot be opened", path.display());
            Error::configuration(text).caused_by(error)
        };
        // To open a pipe may wait for ever, and a device may have no end.
        if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(broken(invalid("it is not a regular file")));
        }
        let file = append(path).map_err(broken)?;
        let path = path.canonicalize().map_err(broken)?;
        let Some(locked) = lock(&file) else {
            let text = format!("the journal {} is in use by another run", path.display());
            return Err(Error::configuration(text));
        };
        if !is_still(&file, &path) {
            return Err(broken(io::Error::other(
                "another run has just replaced it; try again",
            )));
        }
        let header = Header::new(self.scope.clone(), SystemTime::now());
        let mut journal = FileJournal::new(path, file, header);
        journal.locked = locked;
        self.load(&mut journal).map_err(broken)?;
        Ok(journal)
    }

    /// Reads what is there, as far as it is to be used.
    fn load(&self, journal: &mut FileJournal) -> io::Result<()> {
        let mut first = Vec::new();
        let mut file = BufReader::new(&journal.file);
        file.by_ref()
            .take(MOST_BYTES)
            .read_until(b'\n', &mut first)?;
        let header = match First::of(&first) {
            First::Header(header) => header,
            First::Foreign => return Err(invalid("it is another kind of file")),
            First::Nothing => return self.restart(journal),
            First::Unreadable(_) if self.fresh => return self.restart(journal),
            First::Unreadable(why) => {
                return Err(invalid(format!("{why}; remove it, or begin afresh")));
            }
        };
        if self.fresh {
            return self.restart(journal);
        }
        if self.is_outdated(&header) {
            journal.outdated = Some(from_millis(header.began));
            return self.restart(journal);
        }
        journal.header = header;
        journal.begun = true;
        if let Some(scope) = &self.scope {
            journal.check(scope)?;
        }
        let mut aside = Vec::new();
        journal
            .lines
            .read(&mut file, first.len() as u64, &mut aside)?;
        drop(file);
        journal.end = journal.file.metadata()?.len();
        match journal.lines.damage.is_empty() {
            true => Ok(()),
            false => repair(journal, &aside),
        }
    }

    fn is_outdated(&self, header: &Header) -> bool {
        let now = SystemTime::now();
        match now.duration_since(from_millis(header.began)) {
            Ok(age) => age >= self.max_age - self.max_age / 100,
            // A run that began in the future: the clock was set back, and no age is known.
            Err(ahead) => ahead.duration() > Duration::from_secs(60),
        }
    }

    /// Empties the file.
    fn restart(&self, journal: &mut FileJournal) -> io::Result<()> {
        journal.file.set_len(0)?;
        journal.end = 0;
        match self.scope {
            Some(_) => journal.begin_file(),
            // The first line says whose answers follow, which is known when the run begins.
            None => Ok(()),
        }
    }
}

/// Puts what is damaged aside, and writes the journal anew with what is whole.
fn repair(journal: &mut FileJournal, damaged: &[u8]) -> io::Result<()> {
    let mut aside = append(&journal.damaged_path())?;
    aside.write_all(damaged)?;
    aside.sync_all()?;
    let path = with_suffix(&journal.path, ".repaired");
    let file = File::create(&path).and_then(|_| append(&path))?;
    // Nobody else knows the name; the run that the lock keeps away looks under the old one.
    journal.locked = lock(&file).unwrap_or(false) && journal.locked;
    let mut places: Vec<_> = journal.lines.index.values_mut().collect();
    places.sort_unstable();
    let mut new = BufWriter::new(&file);
    let header = journal.header.line()?;
    new.write_all(&header)?;
    let mut end = header.len() as u64;
    for place in places {
        let (start, length) = *place;
        let mut line = vec![0; length];
        journal.file.seek(SeekFrom::Start(start))?;
        journal.file.read_exact(&mut line)?;
        new.write_all(&line)?;
        *place = (end, length);
        end += length as u64;
    }
    new.flush()?;
    drop(new);
    if let Ok(before) = journal.file.metadata() {
        // A file system without permissions has none to keep.
        let _ = file.set_permissions(before.permissions());
    }
    file.sync_all()?;
    fs::rename(&path, &journal.path)?;
    journal.file = file;
    journal.end = end;
    Ok(())
}

fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .open(path)
}

/// Whether the file could be locked; `None` if another run has the lock. A file system that has no locks says so in many
/// ways (`ENOLCK`, `EBADF`, `EINVAL`, `EOPNOTSUPP`).
fn lock(file: &File) -> Option<bool> {
    match fs4::FileExt::try_lock(file) {
        Ok(()) => Some(true),
        Err(fs4::TryLockError::WouldBlock) => None,
        Err(fs4::TryLockError::Error(_)) => Some(false),
    }
}

/// Whether a path still names this open file: another run may have repaired the journal between opening and locking.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// An open file cannot be replaced by another process here.
#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}
