//! What makes an export: the [`run`], what it [writes](writer) and [where](target), and the [`journal`] that lets it go
//! on.

mod failures;
mod identity;
mod journal;
mod listed;
mod run;
mod target;
mod writer;

use crate::args;
use crate::failure::Failure;

pub(crate) use failures::{Cause, is_hopeless};
pub(crate) use journal::Journal;
pub(crate) use listed::Listed;
pub(crate) use run::{Run, Settings};
pub(crate) use target::Target;
pub(crate) use writer::Writer;

/// Checks that no file of a run takes the place of another. Nothing is opened.
pub(crate) fn check_files(
    args: &args::Export,
    target: &Target,
    journal: Option<&Journal>,
) -> Result<(), Failure> {
    let mut files = identity::Files::default();
    let args::Credentials {
        app_secret_file,
        suite_secret_file,
        suite_ticket_file,
        access_token_file,
        ..
    } = &args.connection.credentials;
    files.reads_input("the list of messages", args.input.as_ref());
    for (what, input) in [
        ("the file of the webhook token", &args.webhook_token_file),
        ("the file of the app secret", app_secret_file),
        ("the file of the suite secret", suite_secret_file),
        ("the file of the suite ticket", suite_ticket_file),
        ("the file of the access token", access_token_file),
    ] {
        files.reads_input(what, input.as_ref());
    }
    let place = &args.connection.place;
    for path in place.ca_certificate.iter().chain(&place.client_certificate) {
        files.reads("a certificate", path);
    }
    match target {
        Target::File(path) => files.writes("the output", path)?,
        Target::Stdout if cfg!(unix) => {
            // Redirected to a file, it is one of the run's, which must not be another of them.
            files.writes("standard output, that is,", "/dev/stdout".as_ref())?;
        }
        Target::Stdout | Target::Device(_) => {}
    }
    if let Some(partial) = target.partial() {
        files.writes("the output's temporary file", &partial)?;
    }
    if let Some(journal) = journal {
        files.writes("the journal", journal.path())?;
        let damaged = target::with_suffix(journal.path(), ".damaged");
        files.writes("what is damaged in the journal, in", &damaged)?;
    }
    Ok(())
}
