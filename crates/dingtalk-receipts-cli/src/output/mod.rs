//! Where results go: standard output, or a [file](Target) that appears whole and takes the place of no other of the run.

mod identity;
mod target;

use std::path::Path;

use crate::args::Connection;
use crate::failure::Failure;
use crate::run::Context;

pub(crate) use identity::Files;
pub(crate) use target::{Open, Target, with_suffix};

impl Files {
    /// The files that options of every command name.
    pub(crate) fn of(connection: &Connection) -> Self {
        let mut files = Self::default();
        let credentials = &connection.credentials;
        for (what, input) in [
            ("the file of the app secret", &credentials.app_secret_file),
            (
                "the file of the suite secret",
                &credentials.suite_secret_file,
            ),
            (
                "the file of the suite ticket",
                &credentials.suite_ticket_file,
            ),
            (
                "the file of the access token",
                &credentials.access_token_file,
            ),
        ] {
            files.reads(what, input.as_ref());
        }
        let place = &connection.place;
        for path in place.ca_certificate.iter().chain(&place.client_certificate) {
            files.reads_path("a certificate", path);
        }
        files
    }

    /// The output, under its own name and its temporary one.
    ///
    /// # Errors
    ///
    /// It is another file of the run, too.
    pub(crate) fn writes_to(&mut self, target: &Target) -> Result<(), Failure> {
        match target {
            Target::File(path) => self.writes("the output", path)?,
            // Redirected to a file, it is one of the run's, which must not be another of them.
            Target::Stdout if cfg!(unix) => {
                self.writes("standard output, that is,", Path::new("/dev/stdout"))?;
            }
            Target::Stdout | Target::Device(_) => {}
        }
        match target.partial() {
            Some(partial) => self.writes("the output's temporary file", &partial),
            None => Ok(()),
        }
    }
}

/// Puts an output in its place if the run succeeded, and else says where it is.
pub(crate) fn close(
    open: Open,
    result: Result<(), Failure>,
    context: &Context,
) -> Result<(), Failure> {
    let Err(failure) = result else {
        return open.finish();
    };
    if let Some(partial) = open.leave() {
        context.note(&format!(
            "The output is as it was; what was received is in {}.",
            partial.display()
        ));
    }
    Err(failure)
}
