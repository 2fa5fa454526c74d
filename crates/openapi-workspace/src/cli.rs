//! The command line: what all commands share, and how one is run.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::error::{Error, Exit};
use crate::output::Output;
use crate::project::Project;

/// Keeps contract, generated code and documentation in step.
#[derive(Debug, Parser)]
#[command(
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 fine, 1 findings, 2 wrong usage, 4 stale (run `regen`)."
)]
struct Cli<T: Subcommand> {
    #[command(subcommand)]
    command: Option<T>,

    /// Work on this document instead of the project's contract; what derives from it goes beside it.
    #[arg(long, global = true, value_name = "PATH")]
    spec: Option<PathBuf>,

    /// When to use colors.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// Commands that can be run on a project: the library's [`Command`](crate::Command), or an enum of a project's own
/// that holds it with `#[command(flatten)]`.
pub trait Task: Subcommand {
    /// The form of the findings. Defaults to [`Format::Human`].
    fn format(&self) -> Format {
        Format::Human
    }

    /// Runs the command; `spec` is the document to work on instead of the project's contract.
    ///
    /// # Errors
    /// If the command cannot be run to its end.
    fn run(
        self,
        project: Project,
        spec: Option<PathBuf>,
        out: &mut Output<'_>,
    ) -> Result<Exit, Error>;
}

/// Runs the command that the process was started with, one of `T`, and returns its exit code.
#[must_use]
pub fn run<T: Task>(project: Project) -> ExitCode {
    let name = project.command;
    let mut grammar = Cli::<T>::command().name(name).bin_name(name);
    let parsed = Cli::<T>::from_arg_matches(&grammar.get_matches_mut());
    let cli = parsed.unwrap_or_else(|error| error.format(&mut grammar).exit());
    let mut stdout = anstream::AutoStream::new(std::io::stdout().lock(), cli.color.into());
    let result = match cli.command {
        Some(task) => {
            let mut out = Output::new(&mut stdout, task.format());
            task.run(project, cli.spec, &mut out)
        }
        None => write!(stdout, "{}", grammar.render_help().ansi())
            .map(|()| Exit::Success)
            .map_err(Error::from),
    };
    match (result, stdout.flush()) {
        (Ok(exit), Ok(())) => exit.into(),
        (Err(error), _) => {
            let message = error.to_string();
            if !message.is_empty() {
                // There is no other place to report that standard error is closed.
                let _ = writeln!(anstream::stderr(), "{message}");
            }
            error.exit().into()
        }
        // The reader of the output has closed it.
        (Ok(exit), Err(_)) => exit.into(),
    }
}

/// What most commands take.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Shared {
    /// How findings are written: for people, or as annotations of a GitHub workflow.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// The form of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// As annotations of a GitHub workflow.
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}
