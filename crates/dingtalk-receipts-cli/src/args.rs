//! The grammar of the command line: every command, every option, and what the help says of them.

mod connection;
mod group;

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use dingtalk_receipts::Cursor;

use crate::format::Format;
use crate::input::Input;
use crate::value;

pub(crate) use connection::{Connection, Credentials, Limits, Place, Region};
pub(crate) use group::{Content, Group, Members, Recall, Send};

/// What the process exits with; shown by each command's help.
const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    this machine failed: a file could not be read or written; or a message
       could not be recalled
  2    usage: wrong or missing arguments
  3    authentication failed, or a permission is missing
  4    refused by DingTalk
  5    throttled, quota used up, or unavailable, after retries
  6    network: no connection, a broken one, or out of time
  7    unexpected answer: not what DingTalk's contract promises
  8    people have not read the message, with --fail-if-unread
  9    a message may have been sent or not: do not send it again blindly
  130  interrupted by Ctrl-C or SIGTERM";

/// Who has read this message? Asks DingTalk for the readers of a robot's message in a group.
#[derive(Debug, Parser)]
#[command(
    name = "dingtalk-receipts",
    version,
    max_term_width = 100,
    propagate_version = true
)]
#[command(after_help = EXIT_CODES, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) general: General,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "General")]
pub(crate) struct General {
    /// How an error is written to standard error
    ///
    /// `json` is one object on one line, and keeps everything else but --verbose off standard
    /// error.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub(crate) error_format: ErrorFormat,

    /// Say on standard error what is done; twice for more. Secrets are never shown
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// How an error is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ErrorFormat {
    /// Text for a person, as wide as the terminal.
    #[default]
    Text,
    /// One JSON object on one line.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Readers(Box<Readers>),
    Unread(Box<Unread>),
    Watch(Box<Watch>),
    Export(Box<Export>),
    Send(Box<Send>),
    Recall(Box<Recall>),
    Members(Box<Members>),
    Token(Box<Token>),
    Sandbox(Sandbox),
    Completions(Completions),
}

/// Print who has read a message
///
/// The message is named by the process query key that the send operation returned, and by the
/// conversation and the robot. To try it without DingTalk: dingtalk-receipts readers --sandbox
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES, override_usage = "\
dingtalk-receipts readers <PROCESS_QUERY_KEY>
           --conversation <ID> --robot <CODE> [OPTIONS]
       dingtalk-receipts readers --resume <CURSOR> [OPTIONS]
       dingtalk-receipts readers --sandbox [OPTIONS]")]
pub(crate) struct Readers {
    #[command(flatten)]
    pub(crate) message: Message,
    #[command(flatten)]
    pub(crate) paging: Paging,
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// Print who of a group, or of a list of people, has not read a message
///
/// Asks for readers until everybody on the list was met, and prints the others. Without a list, it is
/// the members of the group.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES, override_usage = "\
dingtalk-receipts unread <PROCESS_QUERY_KEY> [--expect <FILE>]
           --conversation <ID> --robot <CODE> [OPTIONS]
       dingtalk-receipts unread --sandbox [OPTIONS]")]
pub(crate) struct Unread {
    #[command(flatten)]
    pub(crate) message: Message,
    #[command(flatten)]
    pub(crate) expect: Expect,
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// Who should read it.
#[derive(Debug, Args)]
#[command(next_help_heading = "People")]
pub(crate) struct Expect {
    /// A file with the people who should read the message; `-` for standard input. The members of the
    /// group if not said
    ///
    /// An id a line; a spreadsheet, as CSV or as a workbook, with a column userId, unionId or id; a
    /// JSON array or NDJSON; or what this command prints. Name people by user id, and those from
    /// outside the organisation by union id. In a list of lines, blank ones and those that begin with
    /// # do not count.
    #[arg(long, value_name = "FILE")]
    pub(crate) expect: Option<Input>,

    /// The column of the list, or the key of its objects, that holds the ids
    #[arg(long, value_name = "TITLE", requires = "expect", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) expect_column: Option<String>,

    /// Exit with 8 if somebody on the list has not read the message
    #[arg(long)]
    pub(crate) fail_if_unread: bool,
}

/// Print readers of a message as they come
///
/// Looks again and again, less often while nothing changes, until everybody who is expected has read
/// it, the time is up, the message is recalled, or Ctrl-C.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES, override_usage = "\
dingtalk-receipts watch <PROCESS_QUERY_KEY>
           --conversation <ID> --robot <CODE> [OPTIONS]
       dingtalk-receipts watch --sandbox [OPTIONS]")]
pub(crate) struct Watch {
    #[command(flatten)]
    pub(crate) message: Message,
    #[command(flatten)]
    pub(crate) until: Until,
    #[command(flatten)]
    pub(crate) asking: Asking,

    /// How to print; text on a terminal, NDJSON anywhere else, if not said
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORMAT",
        help_heading = "Output"
    )]
    pub(crate) format: Option<WatchFormat>,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// When a watch ends, and how often it looks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Watch")]
pub(crate) struct Until {
    /// A file with the people who should read the message, as for `unread`; `-` for standard input. The
    /// watch ends when all have, and says at its end who has not
    #[arg(long, value_name = "FILE")]
    pub(crate) expect: Option<Input>,

    /// The column of the list, or the key of its objects, that holds the ids
    #[arg(long, value_name = "TITLE", requires = "expect", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) expect_column: Option<String>,

    /// End after so long, such as 2h, or at a time, such as 18:00 or 2026-01-31T18:00
    #[arg(long, value_name = "DURATION|TIME", value_parser = value::until)]
    pub(crate) until: Option<Duration>,

    /// End when so many people have read it
    #[arg(long, value_name = "N", value_parser = value::positive::<u64>, allow_negative_numbers = true)]
    pub(crate) target: Option<u64>,

    /// The pause between two looks; it doubles while nothing changes [default: 30s]
    #[arg(long, value_name = "DURATION", value_parser = value::duration)]
    pub(crate) interval: Option<Duration>,

    /// The longest pause between two looks [default: 16 times the interval]
    #[arg(long, value_name = "DURATION", value_parser = value::duration)]
    pub(crate) longest_interval: Option<Duration>,

    /// End after so many calls, retries included [default: 500]
    #[arg(long, value_name = "N", value_parser = value::whole::<u64>, allow_negative_numbers = true)]
    pub(crate) max_calls: Option<u64>,
}

/// How a watch prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WatchFormat {
    /// A line for a person.
    Text,
    /// One JSON object a line.
    #[value(alias = "json")]
    Ndjson,
}

/// Ask for the readers of many messages
///
/// Reads messages from a spreadsheet, as CSV or as a workbook, from a JSON array or from NDJSON,
/// with the fields processQueryKey, openConversationId and robotCode, or, for a webhook robot's
/// message, token; and writes the readers of each. Other columns are carried into the output. What
/// is done is kept in a journal beside the output: run the same command again after an interruption,
/// and nothing is asked for twice. The journal is removed when each message has its answer. With a
/// journal the messages stay in order; without one they are written as they are answered.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES, override_usage = "\
dingtalk-receipts export <INPUT> --output <FILE> [OPTIONS]
       dingtalk-receipts export --sandbox [OPTIONS]")]
pub(crate) struct Export {
    /// The messages; `-` for standard input
    #[arg(value_name = "INPUT", required_unless_present = "sandbox")]
    pub(crate) input: Option<Input>,

    #[command(flatten)]
    pub(crate) files: Files,

    /// The conversation of messages that name none
    #[arg(short, long, value_name = "ID", help_heading = "Messages", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) conversation: Option<String>,

    /// The robot of messages that name none
    #[arg(short, long, value_name = "CODE", help_heading = "Messages", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) robot: Option<String>,

    /// A file with the access token in the address of a webhook robot, for messages that name neither
    /// a conversation nor a token; `-` for standard input. Or set DINGTALK_WEBHOOK_TOKEN
    #[arg(long, value_name = "FILE", help_heading = "Messages")]
    pub(crate) webhook_token_file: Option<Input>,

    /// How many messages to ask for at once
    #[arg(
        long,
        value_name = "N",
        default_value_t = 32,
        help_heading = "Messages"
    )]
    #[arg(value_parser = value::positive::<u16>, allow_negative_numbers = true)]
    pub(crate) concurrency: u16,

    /// Ask for the other messages even after a failure that all of them will meet, such as wrong
    /// credentials, a missing permission or a banned address. Each further call makes a ban longer
    #[arg(long, help_heading = "Messages")]
    pub(crate) keep_going: bool,

    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// Where an export goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Files {
    /// The file to write; standard output if not said, or if it is `-`
    ///
    /// It is written beside, with .partial behind its name, and takes the place of the file before
    /// when each message has its answer.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// How to write; by the extension of the output if not said: .csv, .xlsx, .ndjson or .jsonl; else a
    /// table on a terminal, NDJSON anywhere else
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<ExportFormat>,

    /// The journal; the name of the output with .journal behind it if not said. A pipe or a device has
    /// none
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,

    /// Ask for everything again, whatever the journal says
    #[arg(long)]
    pub(crate) fresh: bool,

    /// Do not go on with a run that began so long ago: ask for everything again. Each answer says in
    /// asOf when it was given [default: 24h]
    #[arg(long, value_name = "DURATION", value_parser = value::duration, conflicts_with = "fresh")]
    pub(crate) max_age: Option<Duration>,
}

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A table with one row for each message, when all were asked for.
    Table,
    /// One JSON object a line for each message.
    Ndjson,
    /// One row for each reader of each message, or for a message without any.
    Csv,
    /// The same rows in a workbook of a spreadsheet, all of them text.
    Xlsx,
}

/// Say whose the access token is and when it expires
///
/// Gets one if need be, which also shows that the credentials are right. The token itself is not
/// shown.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Token {
    /// Show the token itself, too. Whoever has it can act as the app
    #[arg(long)]
    pub(crate) reveal: bool,

    /// How to print: a text, or one line of JSON
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: PlainFormat,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// Run a local stand-in for DingTalk until interrupted
///
/// It holds one message in a demo conversation, and prints the command line that asks who has read
/// it. Only this machine can reach it, unless --listen says otherwise.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Sandbox {
    /// The address to listen on; port 0 picks a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0", value_parser = value::listen)]
    pub(crate) listen: std::net::SocketAddr,

    /// How many people have read the demo message
    #[arg(long, value_name = "N", default_value_t = DEMO_READERS)]
    #[arg(value_parser = value::whole::<u64>, allow_negative_numbers = true)]
    pub(crate) readers: u64,

    /// Allow the app so many queries in a second, and throttle the others as DingTalk does
    #[arg(long, value_name = "CALLS", value_parser = value::positive::<u32>, allow_negative_numbers = true)]
    pub(crate) enforce_quota: Option<u32>,

    /// Let this share of the queries fail, from 0 to 1: by errors of the server and of its gateway, by
    /// throttling, and by broken connections
    #[arg(long, value_name = "SHARE", value_parser = value::share, allow_negative_numbers = true)]
    pub(crate) faults: Option<f64>,

    /// Which faults come when: the same number, the same faults
    #[arg(long, value_name = "N", default_value_t = 0, requires = "faults")]
    #[arg(value_parser = value::whole::<u64>, allow_negative_numbers = true)]
    pub(crate) seed: u64,

    /// What is printed once it listens: a text with a command line, or one line of JSON
    ///
    /// The object has the fields url, processQueryKey, openConversationId, robotCode, accessToken,
    /// appKey and appSecret.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: PlainFormat,
}

/// How many people have read the demo's message.
pub(crate) const DEMO_READERS: u64 = 1_000;

/// Print completions for a shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Which shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// Text or JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum PlainFormat {
    /// Text for a person.
    #[default]
    Text,
    /// One line of JSON.
    Json,
}

/// Which message.
#[derive(Debug, Args)]
#[command(next_help_heading = "Message")]
pub(crate) struct Message {
    /// The process query key that the operation that sent the message returned
    #[arg(value_name = "PROCESS_QUERY_KEY", help_heading = None, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) process_query_key: Option<String>,

    /// The open conversation id of the group that the message was sent to
    #[arg(short, long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) conversation: Option<String>,

    /// The code of the robot that sent it; for an app's robot, the app key
    #[arg(short, long, value_name = "CODE", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) robot: Option<String>,

    /// A file with the access token in the address of a webhook robot, instead of --conversation and
    /// --robot; `-` for standard input. Or set DINGTALK_WEBHOOK_TOKEN
    #[arg(long, value_name = "FILE")]
    pub(crate) webhook_token_file: Option<Input>,
}

/// Which of its readers.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pages")]
pub(crate) struct Paging {
    /// Go on where an earlier run stopped: the cursor that it printed. It names the message, too
    #[arg(long, value_name = "CURSOR")]
    pub(crate) resume: Option<Cursor>,

    /// Stop after this many pages. Each page is one metered call
    #[arg(long, value_name = "N", value_parser = value::whole::<u64>, allow_negative_numbers = true)]
    pub(crate) max_pages: Option<u64>,

    /// Stop after this many readers
    #[arg(long, value_name = "N", value_parser = value::whole::<u64>, allow_negative_numbers = true)]
    pub(crate) limit: Option<u64>,

    /// Print a reader again who comes on a later page again, and remember none
    #[arg(long)]
    pub(crate) no_deduplicate: bool,
}

/// How to ask.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pages")]
pub(crate) struct Asking {
    /// How many readers to ask for on a page; as many as DingTalk allows if not said
    #[arg(long, value_name = "N", value_parser = value::whole::<u32>, allow_negative_numbers = true)]
    pub(crate) max_results: Option<u32>,

    /// Just after sending, DingTalk has no data yet: ask again for up to this long
    #[arg(long, value_name = "DURATION", value_parser = value::duration)]
    pub(crate) wait_until_ready: Option<Duration>,
}

/// How results are printed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// How to print; by the extension of the output, .csv, .json, .ndjson or .jsonl; else a table on a
    /// terminal, NDJSON anywhere else
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,

    /// The file to write; standard output if not said, or if it is `-`
    ///
    /// It is written beside, with .partial behind its name, and takes the place of the file before
    /// when all is there.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
