//! `completions`: what a shell needs to complete this command.

use std::io::Write;

use clap::CommandFactory as _;

use crate::args::{Cli, Completions};
use crate::failure::Failure;

/// Runs the command.
pub(crate) fn run(args: &Completions, out: &mut dyn Write) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut Cli::command(),
        "dingtalk-receipts",
        &mut script,
    );
    out.write_all(&script).map_err(Failure::output)
}
