//! Who was reminded of which message, and when: a file of JSON.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// The file, and what it holds.
#[derive(Debug)]
pub struct Memory {
    path: PathBuf,
    reminded: Reminded,
}

/// By the message's key and the person's id: when, in seconds since 1970.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Reminded(BTreeMap<String, BTreeMap<String, u64>>);

impl Memory {
    /// Reads the file; one that is not there is empty.
    ///
    /// # Errors
    /// If the file cannot be read, or is not one of this program.
    pub fn open(path: &Path) -> io::Result<Self> {
        let reminded = match fs::read(path) {
            Ok(text) => serde_json::from_slice(&text)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Reminded::default(),
            Err(error) => return Err(error),
        };
        Ok(Self {
            path: path.to_owned(),
            reminded,
        })
    }

    /// Whether the person was reminded of the message within `time` before `now`.
    pub fn holds(&self, key: &str, person: &str, now: SystemTime, time: Duration) -> bool {
        let people = self.reminded.0.get(key);
        let at = people.and_then(|people| people.get(person));
        at.is_some_and(|at| seconds(now).saturating_sub(*at) < time.as_secs())
    }

    /// Notes that these people were reminded, and writes the file whole.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn note<'a>(
        &mut self,
        key: &str,
        people: impl IntoIterator<Item = &'a str>,
        now: SystemTime,
    ) -> io::Result<()> {
        let noted = self.reminded.0.entry(key.to_owned()).or_default();
        noted.extend(people.into_iter().map(|id| (id.to_owned(), seconds(now))));
        let folder = self.path.parent().filter(|it| !it.as_os_str().is_empty());
        let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(&serde_json::to_vec_pretty(&self.reminded)?)?;
        file.persist(&self.path)?;
        Ok(())
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}
