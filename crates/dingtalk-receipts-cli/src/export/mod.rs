//! What makes an export: the [`run`], what it [writes](writer), and the [`journal`] that lets it go on.

mod book;
mod failures;
mod journal;
mod listed;
mod run;
mod writer;

use crate::args;
use crate::failure::Failure;
use crate::output::{Files, Target, with_suffix};

pub(crate) use failures::{Cause, is_hopeless};
pub(crate) use journal::Journal;
pub(crate) use listed::Listed;
pub(crate) use run::{Run, Settings};
pub(crate) use writer::Writer;

/// Checks that no file of a run takes the place of another. Nothing is opened.
pub(crate) fn check_files(
    args: &args::Export,
    target: &Target,
    journal: Option<&Journal>,
) -> Result<(), Failure> {
    let mut files = Files::of(&args.connection);
    files.reads("the list of messages", args.input.as_ref());
    files.reads(
        "the file of the webhook token",
        args.webhook_token_file.as_ref(),
    );
    files.writes_to(target)?;
    if let Some(journal) = journal {
        files.writes("the journal", journal.path())?;
        let damaged = with_suffix(journal.path(), ".damaged");
        files.writes("what is damaged in the journal, in", &damaged)?;
    }
    Ok(())
}
