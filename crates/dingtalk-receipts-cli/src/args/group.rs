//! The options of the commands about a group: `send`, `recall` and `members`.

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgGroup, Args};

use super::{Connection, EXIT_CODES, Output, PlainFormat};
use crate::input::Input;
use crate::value;

/// Send a message to a group
///
/// Prints the process query key, by which the message is queried and recalled. On a terminal it asks
/// before it sends; where there is nobody to ask, as in cron and in continuous integration, it needs
/// --yes. No question is asked for a --base-url on this machine. A message is never sent twice: if it
/// is unknown what became of it, the command exits with 9.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES, override_usage = "\
dingtalk-receipts send --conversation <ID> --robot <CODE>
           (--text <TEXT> | --markdown <FILE> --title <TITLE> |
            --type <KEY> --param <JSON>) [--yes] [OPTIONS]
       dingtalk-receipts send --sandbox --text <TEXT> [OPTIONS]")]
#[command(group(ArgGroup::new("content").args(["text", "markdown", "kind"]).required(true)))]
pub(crate) struct Send {
    #[command(flatten)]
    pub(crate) group: Group,
    #[command(flatten)]
    pub(crate) content: Content,

    /// Show the body of the request that would be sent, and send nothing
    #[arg(long, help_heading = "Sending")]
    pub(crate) dry_run: bool,

    /// Send without asking
    #[arg(short, long, help_heading = "Sending")]
    pub(crate) yes: bool,

    /// How to print: the key alone, or one line of JSON
    #[arg(
        short,
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        help_heading = "Output"
    )]
    pub(crate) format: PlainFormat,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// What is sent.
#[derive(Debug, Args)]
#[command(next_help_heading = "Message")]
pub(crate) struct Content {
    /// Send this text
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) text: Option<String>,

    /// Send the Markdown of this file; `-` for standard input
    #[arg(long, value_name = "FILE", requires = "title")]
    pub(crate) markdown: Option<Input>,

    /// The title of the Markdown, which the list of chats shows
    #[arg(long, value_name = "TITLE", requires = "markdown", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) title: Option<String>,

    /// Send a message of another type: its msgKey, such as sampleLink
    #[arg(
        id = "kind",
        long = "type",
        value_name = "KEY",
        requires = "param",
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(crate) kind: Option<String>,

    /// The content of a message of that type: its msgParam, a JSON object
    #[arg(long, value_name = "JSON", requires = "kind", value_parser = value::object)]
    pub(crate) param: Option<serde_json::Value>,
}

/// Which group, and which robot of it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Group")]
pub(crate) struct Group {
    /// The open conversation id of the group
    #[arg(short, long, value_name = "ID", required_unless_present = "sandbox", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) conversation: Option<String>,

    /// The code of the robot; for an app's robot, the app key
    #[arg(short, long, value_name = "CODE", required_unless_present = "sandbox", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) robot: Option<String>,
}

/// Recall messages that a robot sent to a group
///
/// Prints what became of each. To recall a message again does no harm.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES, override_usage = "\
dingtalk-receipts recall <PROCESS_QUERY_KEY>...
           --conversation <ID> --robot <CODE> [OPTIONS]
       dingtalk-receipts recall --sandbox [OPTIONS]")]
pub(crate) struct Recall {
    /// The process query keys that sending the messages returned
    #[arg(value_name = "PROCESS_QUERY_KEY", required_unless_present = "sandbox", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) keys: Vec<String>,

    #[command(flatten)]
    pub(crate) group: Group,

    /// How to print: a line for each message, or one line of JSON
    #[arg(
        short,
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        help_heading = "Output"
    )]
    pub(crate) format: PlainFormat,

    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// Print the members of a group
///
/// DingTalk lists the members of a group that was made from one of the app's templates, or that has a
/// cool app of the app, and refuses any other.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES, override_usage = "\
dingtalk-receipts members <CONVERSATION> [OPTIONS]
       dingtalk-receipts members --conversation <ID> [OPTIONS]
       dingtalk-receipts members --sandbox [OPTIONS]")]
#[command(group(ArgGroup::new("which").args(["group", "conversation", "sandbox"]).multiple(true).required(true)))]
pub(crate) struct Members {
    /// The open conversation id of the group
    #[arg(value_name = "CONVERSATION", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) group: Option<String>,

    /// The same as an option, as other commands have it
    #[arg(short, long, value_name = "ID", conflicts_with = "group", help_heading = "Group", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) conversation: Option<String>,

    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) connection: Connection,
}
