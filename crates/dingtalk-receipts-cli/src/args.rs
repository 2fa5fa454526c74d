//! The grammar of the command line: every command, every option, and what the help says of them.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dingtalk_receipts::{Cursor, Quota};

use crate::format::Format;
use crate::input::Input;
use crate::value;

/// What the process exits with; shown by each command's help.
const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    this machine failed: a file could not be read or written
  2    usage: wrong or missing arguments
  3    authentication failed, or a permission is missing
  4    refused by DingTalk
  5    throttled, quota used up, or unavailable, after retries
  6    network: no connection, a broken one, or out of time
  7    unexpected answer: not what DingTalk's contract promises
  130  interrupted by Ctrl-C or SIGTERM";

/// Who has read this message? Asks DingTalk for the readers of a robot's message in a group.
#[derive(Debug, Parser)]
#[command(
    name = "dingtalk-receipts",
    version,
    max_term_width = 100,
    propagate_version = true
)]
#[command(after_help = EXIT_CODES, arg_required_else_help = true, disable_help_subcommand = true)]
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
    /// Text for a person, 80 columns wide.
    #[default]
    Text,
    /// One JSON object on one line.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Readers(Box<Readers>),
    Unread(Box<Unread>),
    Token(Box<Token>),
    Sandbox(Sandbox),
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

/// Print who of a list of people has not read a message
///
/// Asks for readers until everybody on the list was met, and prints the others.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES, override_usage = "\
dingtalk-receipts unread <PROCESS_QUERY_KEY> --expect <FILE>
           --conversation <ID> --robot <CODE> [OPTIONS]")]
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
    /// A file with the people who should read the message, one a line; `-` for standard input
    ///
    /// Name people by user id, and those from outside the organisation by union id. Blank lines and
    /// lines that begin with # do not count.
    #[arg(long, value_name = "FILE")]
    pub(crate) expect: Input,
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
/// It listens on this machine only, holds one message in a demo conversation, and prints the command
/// line that asks who has read it.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Sandbox {
    /// The address to listen on; port 0 picks a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub(crate) listen: std::net::SocketAddr,

    /// How many people have read the demo message
    #[arg(long, value_name = "N", default_value_t = DEMO_READERS)]
    pub(crate) readers: u64,

    /// What is printed once it listens: a text with a command line, or one line of JSON
    ///
    /// The object has the fields url, processQueryKey, openConversationId, robotCode, accessToken,
    /// appKey and appSecret.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: PlainFormat,
}

/// How many people have read the demo's message.
pub(crate) const DEMO_READERS: u64 = 1_000;

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
    #[arg(value_name = "PROCESS_QUERY_KEY", help_heading = None)]
    pub(crate) process_query_key: Option<String>,

    /// The open conversation id of the group that the message was sent to
    #[arg(short, long, value_name = "ID")]
    pub(crate) conversation: Option<String>,

    /// The code of the robot that sent it; for an app's robot, the app key
    #[arg(short, long, value_name = "CODE")]
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
    #[arg(long, value_name = "N")]
    pub(crate) max_pages: Option<u64>,

    /// Stop after this many readers
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
}

/// How to ask.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pages")]
pub(crate) struct Asking {
    /// How many readers to ask for on a page; as many as DingTalk allows if not said
    #[arg(long, value_name = "N")]
    pub(crate) max_results: Option<u32>,

    /// Just after sending, DingTalk has no data yet: ask again for up to this long
    #[arg(long, value_name = "DURATION", value_parser = value::duration)]
    pub(crate) wait_until_ready: Option<Duration>,
}

/// How results are printed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// How to print; a table on a terminal, NDJSON anywhere else, if not said
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
}

/// Where DingTalk is, who asks, and within which limits.
#[derive(Debug, Args)]
pub(crate) struct Connection {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(flatten)]
    pub(crate) credentials: Credentials,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// Where DingTalk is.
#[derive(Debug, Args)]
#[command(next_help_heading = "DingTalk")]
pub(crate) struct Place {
    /// Which of DingTalk's platforms; credentials of one are not valid on the other
    #[arg(long, value_enum, value_name = "REGION", default_value_t)]
    pub(crate) region: Region,

    /// Another address than a region's: a gateway of your own, or a sandbox
    ///
    /// It must be https, unless it is on this machine.
    #[arg(long, value_name = "URL", conflicts_with = "region")]
    pub(crate) base_url: Option<String>,

    /// Ask a sandbox inside this process instead of DingTalk; nothing leaves this machine
    ///
    /// The code that runs is the same, and talks HTTP to a loopback address. Message, conversation,
    /// robot and credentials are the sandbox's.
    #[arg(long, conflicts_with_all = [
        "region", "base_url", "proxy", "access_token", "access_token_file", "app_key",
        "app_secret_file", "corp_id", "suite_key", "suite_secret_file", "suite_ticket_file",
    ])]
    pub(crate) sandbox: bool,

    /// How many people have read the sandbox's message [default: 1000]
    #[arg(long, value_name = "N", requires = "sandbox")]
    pub(crate) sandbox_readers: Option<u64>,

    /// The proxy to use: http://, https:// or socks5://. HTTPS_PROXY, ALL_PROXY and NO_PROXY are
    /// honoured if not said, and are the better place for one with a password
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,

    /// Trust the authorities in this PEM file as well; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_certificate: Vec<PathBuf>,

    /// Show the server this certificate: a PEM file with private key and chain
    #[arg(long, value_name = "FILE")]
    pub(crate) client_certificate: Option<PathBuf>,
}

/// A platform of DingTalk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Region {
    /// The platform outside mainland China.
    #[default]
    International,
    /// The platform in mainland China.
    China,
}

/// Who asks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Credentials")]
pub(crate) struct Credentials {
    /// The key of your app, also called its client id. Or set DINGTALK_APP_KEY
    ///
    /// Its secret comes from DINGTALK_APP_SECRET or --app-secret-file. Access tokens are got and
    /// renewed as needed.
    #[arg(long, value_name = "KEY", conflicts_with_all = ["suite_key", "access_token", "access_token_file"])]
    pub(crate) app_key: Option<String>,

    /// A file with the app's secret; `-` for standard input. Or set DINGTALK_APP_SECRET
    #[arg(long, value_name = "FILE", conflicts_with_all = ["suite_key", "access_token", "access_token_file"])]
    pub(crate) app_secret_file: Option<Input>,

    /// The organisation that the app runs in. Or set DINGTALK_CORP_ID
    ///
    /// With it, an app asks by the way that DingTalk recommends; a suite needs it.
    #[arg(long, value_name = "ID", conflicts_with_all = ["access_token", "access_token_file"])]
    pub(crate) corp_id: Option<String>,

    /// The key of your third-party app. Or set DINGTALK_SUITE_KEY
    #[arg(long, value_name = "KEY", conflicts_with_all = ["access_token", "access_token_file"])]
    pub(crate) suite_key: Option<String>,

    /// A file with its secret; `-` for standard input. Or set DINGTALK_SUITE_SECRET
    #[arg(long, value_name = "FILE", conflicts_with_all = ["app_key", "access_token", "access_token_file"])]
    pub(crate) suite_secret_file: Option<Input>,

    /// A file with the newest ticket that DingTalk has pushed to it; `-` for standard input. Or set
    /// DINGTALK_SUITE_TICKET
    #[arg(long, value_name = "FILE", conflicts_with_all = ["app_key", "access_token", "access_token_file"])]
    pub(crate) suite_ticket_file: Option<Input>,

    /// An access token that you got yourself. Better set DINGTALK_ACCESS_TOKEN
    ///
    /// What stands on a command line can be read by other users of this machine while the command
    /// runs, and is kept in the shell's history.
    #[arg(long, value_name = "TOKEN")]
    pub(crate) access_token: Option<String>,

    /// A file with the access token; `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "access_token")]
    pub(crate) access_token_file: Option<Input>,

    /// Do not keep an app's access token for the next command
    ///
    /// It is kept in the user's cache directory, readable by its owner only.
    #[arg(long)]
    pub(crate) no_token_cache: bool,
}

/// How long, how often and how fast.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct Limits {
    /// The time limit of one attempt, from sending to the last byte, such as 500ms or 30s
    /// [default: 10s]
    #[arg(long, value_name = "DURATION", value_parser = value::duration)]
    pub(crate) attempt_timeout: Option<Duration>,

    /// The time limit of the whole command, all pages and retries included; none if not said
    #[arg(long, value_name = "DURATION", value_parser = value::duration)]
    pub(crate) deadline: Option<Duration>,

    /// How often a page is asked for at most, when DingTalk or the network fails [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) attempts: Option<u32>,

    /// How many calls in a second at most, or `off`. DingTalk counts those of all processes that use
    /// the same app together [default: 20]
    #[arg(long, value_name = "CALLS", value_parser = value::quota)]
    pub(crate) quota: Option<Quota>,
}
