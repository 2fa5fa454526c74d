//! `acceptance`: how many documents of a folder the generator takes.

use std::io::Write;
use std::path::PathBuf;

use openapi_codegen::acceptance::{Outcome, measure};

use crate::error::{Error, Exit};
use crate::output::Output;

/// The arguments of `acceptance`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder; folders in it are looked through too.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// Leave out what cannot be generated, instead of refusing the document.
    #[arg(long)]
    lenient: bool,
}

pub(crate) fn run(arguments: &Arguments, out: &mut Output<'_>) -> Result<Exit, Error> {
    let report = measure(&arguments.folder, arguments.lenient).map_err(|error| {
        let folder = arguments.folder.display();
        Error::usage(format!("{folder} cannot be read: {error}"))
    })?;
    writeln!(out, "{report}")?;
    Ok(match report.count(Outcome::Refused) {
        0 => Exit::Success,
        _ => Exit::Findings,
    })
}
