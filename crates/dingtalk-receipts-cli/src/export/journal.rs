//! The file beside the output that remembers what is done.

use std::error::Error as _;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use dingtalk_receipts::{Client, FileJournal, JournalOptions, JournalScope};

use super::writer::time;
use crate::args::Files;
use crate::failure::Failure;
use crate::output::{Target, with_suffix};
use crate::print::count;
use crate::run::Context;

/// The file that remembers what is done.
pub(crate) struct Journal {
    path: PathBuf,
    /// Whether to forget what it knows.
    fresh: bool,
    /// How old the run may be whose answers it holds, if not as usual.
    max_age: Option<Duration>,
}

impl Journal {
    /// The one that is meant, if any; not opened yet. Beside a pipe or a device there is none: they keep nothing that a
    /// later run could go on with.
    pub(crate) fn of(files: &Files, target: &Target) -> Option<Self> {
        let beside = target.file().map(|path| with_suffix(path, ".journal"));
        Some(Self {
            path: files.journal.clone().or(beside)?,
            fresh: files.fresh,
            max_age: files.max_age,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn delete(&self) -> Result<(), Failure> {
        match std::fs::remove_file(&self.path) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => {
                let text = format!("cannot remove the journal {}", self.path.display());
                Err(Failure::local(text, cause))
            }
            _ => Ok(()),
        }
    }

    /// Opens it for the run of this client, and says what was found in it.
    pub(crate) fn open(&self, client: &Client, context: &Context) -> Result<FileJournal, Failure> {
        let mut options = JournalOptions::new()
            .scope(JournalScope::of(client))
            .fresh(self.fresh);
        if let Some(age) = self.max_age {
            options = options.max_age(age);
        }
        let journal = options.open(&self.path).map_err(|error| {
            let cause = error.source().map(ToString::to_string).unwrap_or_default();
            let advice = match self.fresh {
                true => "",
                false => "; another --journal, or --fresh, begins anew",
            };
            Failure::local(
                error.summary(),
                io::Error::other(format!("{cause}{advice}")),
            )
        })?;
        let path = self.path.display();
        if !journal.is_locked() {
            context.note(&format!(
                "The file system of {path} has no locks: take care that no other run uses the journal."
            ));
        }
        if let Some(began) = journal.outdated() {
            context.note(&format!(
                "The journal {path} is of a run that began at {}; everything is asked for again.",
                time(began)
            ));
        }
        for damage in journal.damage() {
            context.note(&format!(
                "The journal {path} is damaged in line {}: {}. It is kept in {}, and what it was about is asked for \
                 again.",
                damage.line,
                damage.what,
                journal.damaged_path().display()
            ));
        }
        if !journal.is_empty() {
            let known = count(u64::try_from(journal.len()).unwrap_or(u64::MAX), "message");
            context.note(&format!(
                "Going on with {known} from {path}, of the run that began at {}; --fresh asks for everything again.",
                time(journal.began())
            ));
        }
        Ok(journal)
    }

    /// All is done, and tomorrow's run shall ask anew.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        self.delete()
    }
}
