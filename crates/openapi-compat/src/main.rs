//! The `openapi-compat` command.

use std::io::{stderr, stdout};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use openapi_compat::command::{Defaults, DiffArgs, run};

/// Compares two OpenAPI 3 documents, judges each change, and proves each verdict
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what changed, and for whom it breaks
    ///
    /// Exit codes: 0 nothing that fails was found, 1 something was, 2 the documents could not be
    /// compared.
    Diff(DiffArgs),
}

fn main() -> ExitCode {
    let Command::Diff(args) = Cli::parse().command;
    run(
        &args,
        &Defaults::default(),
        &mut stdout().lock(),
        &mut stderr().lock(),
    )
    .code()
    .into()
}
