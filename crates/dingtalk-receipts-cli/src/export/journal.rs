//! The file beside the output that remembers what is done.

use std::error::Error as _;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use dingtalk_receipts::FileJournal;

use crate::args::Files;
use crate::failure::Failure;
use crate::print::count;
use crate::run::Context;

/// The file that remembers what is done.
pub(crate) struct Journal {
    path: PathBuf,
    /// Whether to forget what it knows.
    fresh: bool,
}

impl Journal {
    /// The one that is meant, if any; not opened yet.
    ///
    /// `keeps` says whether the output is a file that is still there after the run.
    pub(crate) fn of(files: &Files, keeps: bool) -> Option<Self> {
        let beside = files.output.as_ref().map(|output| {
            let mut name = output.clone().into_os_string();
            name.push(".journal");
            PathBuf::from(name)
        });
        // A pipe or a device keeps nothing that a later run could go on with.
        let beside = beside.filter(|_| keeps);
        Some(Self {
            path: files.journal.clone().or(beside)?,
            fresh: files.fresh,
        })
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

    pub(crate) fn open(&self, context: &Context) -> Result<FileJournal, Failure> {
        let open = || {
            FileJournal::open(&self.path).map_err(|error| {
                let cause = error.source().map(ToString::to_string).unwrap_or_default();
                Failure::local(error.summary(), io::Error::other(cause))
            })
        };
        let mut journal = open()?;
        if self.fresh {
            // Opened first, so that no other file is removed, nor the journal of a run that is under way.
            drop(journal);
            self.delete()?;
            journal = open()?;
        }
        if !journal.is_empty() {
            let known = count(u64::try_from(journal.len()).unwrap_or(u64::MAX), "message");
            context.note(&format!(
                "Going on with {known} from {}; --fresh asks for everything again.",
                self.path.display()
            ));
        }
        Ok(journal)
    }

    /// All is done, and tomorrow's run shall ask anew.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        self.delete()
    }
}
