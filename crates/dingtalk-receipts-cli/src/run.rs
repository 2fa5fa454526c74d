//! From the command line to the exit code.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, FromArgMatches as _, ValueEnum as _};

use crate::args::{Cli, Command, ErrorFormat};
use crate::command::{
    completions, export, members, readers, recall, sandbox, send, token, unread, watch,
};
use crate::failure::{Exit, Failure};
use crate::format::Format;
use crate::report::{report, write_wrapped};
use crate::resume::CommandLine;
use crate::verbose;

/// How much output is gathered before it is written.
const BUFFER_BYTES: usize = 64 * 1024;

/// What commands get besides their own options.
pub(crate) struct Context {
    /// The command line, for the one that goes on.
    pub(crate) line: CommandLine,
    /// Whether notes may be written to standard error.
    pub(crate) notes: bool,
    /// Whether progress may be shown there, too: it would tear apart what `--verbose` shows.
    pub(crate) progress: bool,
}

impl Context {
    /// Says something to a person that is not a result. Lines are broken to fit a small terminal, but for indented
    /// ones, which are there to be copied.
    pub(crate) fn note(&self, text: &str) {
        if !self.notes {
            return;
        }
        let mut out = io::stderr().lock();
        for line in text.lines() {
            // Nobody is left to be told that nobody listens.
            let _ = match line.is_empty() || line.starts_with(' ') {
                true => writeln!(out, "{line}"),
                false => write_wrapped(&mut out, line),
            };
        }
    }
}

/// Runs the command that the arguments of this process ask for.
pub(crate) fn run() -> ExitCode {
    let mut grammar = Cli::command();
    let parsed = grammar.try_get_matches_from_mut(std::env::args_os());
    let parsed = parsed.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return not_understood(&error, &grammar),
    };
    verbose::install(cli.general.verbose);
    let line = CommandLine::new(&grammar, &matches);
    let notes = cli.general.error_format == ErrorFormat::Text;
    let context = Context {
        line,
        notes,
        progress: notes && cli.general.verbose == 0,
    };
    match execute(cli.command, &context) {
        Ok(()) => Exit::Done.into(),
        Err(failure) => {
            // If standard error is closed, the exit code is all that is left to say.
            let _ = report(
                &failure,
                cli.general.error_format,
                &context.line,
                &mut io::stderr().lock(),
            );
            failure.exit().into()
        }
    }
}

/// Runs `command` on a runtime of its own.
fn execute(command: Command, context: &Context) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|cause| Failure::local("cannot start", cause))?;
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, io::stdout().lock());
    let result = runtime.block_on(async {
        match command {
            Command::Readers(args) => readers::run(&args, context, &mut out).await,
            Command::Unread(args) => unread::run(&args, context, &mut out).await,
            Command::Watch(args) => watch::run(&args, context, &mut out).await,
            Command::Export(args) => export::run(&args, context, &mut out).await,
            Command::Send(args) => send::run(&args, &mut out).await,
            Command::Recall(args) => recall::run(&args, &mut out).await,
            Command::Members(args) => members::run(&args, context, &mut out).await,
            Command::Completions(args) => completions::run(&args, &mut out),
            Command::Token(args) => token::run(&args, &mut out).await,
            Command::Sandbox(args) => sandbox::run(&args, &mut out).await,
        }
    });
    // A name that is still being resolved must not hold up the end.
    runtime.shutdown_background();
    // What was received is printed before any error is.
    let flushed = out.flush().map_err(Failure::output);
    result.and(flushed)
}

/// Help and version on standard output; what clap does not understand as an error in the form asked for.
fn not_understood(error: &clap::Error, grammar: &clap::Command) -> ExitCode {
    let format = error_format();
    let line = CommandLine::not_understood(grammar);
    let nothing_given = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    let failure = if nothing_given && format == ErrorFormat::Text {
        let _ = error.print();
        return Exit::Usage.into();
    } else if error.use_stderr() {
        Failure::usage(text(error))
    } else {
        match error.print().and_then(|()| io::stdout().flush()) {
            Ok(()) => return Exit::Done.into(),
            Err(cause) => Failure::output(cause),
        }
    };
    // If standard error is closed, the exit code is all that is left to say.
    let _ = report(&failure, format, &line, &mut io::stderr().lock());
    failure.exit().into()
}

/// What clap says is wrong, in a line, with what may have been meant. Its advice to put `--` before what it does not
/// know is left out: no argument of this command begins like an option.
fn text(error: &clap::Error) -> String {
    let said = error.render().to_string();
    let first = said.split("\n\n").next().unwrap_or_default();
    let words = first.trim_start_matches("error: ").split_whitespace();
    let mut text = words.collect::<Vec<_>>().join(" ");
    let kinds = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    let meant = kinds.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::String(one) => Some(one),
        // The likeliest comes last.
        ContextValue::Strings(several) => several.last(),
        _ => None,
    });
    let format = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(given)) if error.kind() == ErrorKind::UnknownArgument => {
            format_of(given)
        }
        _ => None,
    };
    if let Some(meant) = format.as_ref().or(meant) {
        text.push_str(&format!("; did you mean '{meant}'?"));
    }
    text
}

/// The option that is meant by one that other commands have, such as `--json`.
fn format_of(given: &str) -> Option<String> {
    let name = given.strip_prefix("--")?;
    let known = Format::value_variants().iter();
    let mut names =
        known.filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()));
    names
        .find(|known| known.eq_ignore_ascii_case(name))
        .map(|format| format!("--format {format}"))
}

/// The form in which errors are asked for by arguments that as a whole are not understood.
fn error_format() -> ErrorFormat {
    let arguments: Vec<_> = std::env::args_os()
        .take_while(|argument| argument != "--")
        .collect();
    let is_json = arguments
        .iter()
        .any(|argument| argument == "--error-format=json")
        || arguments
            .windows(2)
            .any(|pair| pair[0] == "--error-format" && pair[1] == "json");
    match is_json {
        true => ErrorFormat::Json,
        false => ErrorFormat::Text,
    }
}
