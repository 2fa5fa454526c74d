//! What a spec-first team runs. `cargo xtask` alone lists the commands.

mod artefact;
mod cli;
mod commands;
mod exit;
mod finding;
mod losses;
mod output;
mod workspace;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use cli::{Cli, Command};
use exit::{Exit, Stop};
use output::Output;
use workspace::Workspace;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut stdout = anstream::AutoStream::new(std::io::stdout().lock(), cli.color.into());
    let outcome = run(cli, &mut stdout);
    let flushed = stdout.flush();
    match (outcome, flushed) {
        (Ok(exit), Ok(())) => exit.into(),
        (Err(stop), _) => {
            let _ = writeln!(anstream::stderr(), "{stop}");
            stop.exit().into()
        }
        // Who reads the output has had enough of it.
        (Ok(exit), Err(_)) => exit.into(),
    }
}

fn run(cli: Cli, out: &mut dyn Write) -> Result<Exit, Stop> {
    let Some(command) = cli.command else {
        write!(out, "{}", Cli::command().render_help().ansi())?;
        return Ok(Exit::Fine);
    };
    let mut out = Output::new(out, command.format());
    let workspace = Workspace::find(cli.spec.or_else(|| command.document()))?;
    match command {
        Command::Regen(arguments) => commands::regen::run(&arguments, &workspace, &mut out),
        Command::Diff(arguments) => commands::diff::run(&arguments, &workspace, &mut out),
        Command::RoundTrip(_) => commands::round_trip::run(&workspace, &mut out),
        Command::Lint(arguments) => commands::lint::run(&arguments, &workspace, &mut out),
        Command::Watch(arguments) => commands::watch::run(&arguments, &workspace, &mut out),
        Command::Ci(arguments) => commands::ci::run(&arguments, &workspace, &mut out),
        Command::Bench(arguments) => commands::bench::run(&arguments, &workspace, &mut out),
    }
}
