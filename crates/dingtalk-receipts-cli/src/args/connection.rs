//! The options of every command that asks DingTalk: where it is, who asks, and within which limits.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use dingtalk_receipts::RateLimit;

use crate::input::Input;
use crate::value;

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
    /// It must be https, unless it is on this machine or --allow-plain-http is given.
    #[arg(long, value_name = "URL", conflicts_with = "region", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) base_url: Option<String>,

    /// Allow a --base-url without TLS. The access token then crosses the network in clear
    #[arg(long, requires = "base_url")]
    pub(crate) allow_plain_http: bool,

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
    #[arg(value_parser = value::whole::<u64>, allow_negative_numbers = true)]
    pub(crate) sandbox_readers: Option<u64>,

    /// The proxy to use: http://, https:// or socks5://. HTTPS_PROXY, ALL_PROXY and NO_PROXY are
    /// honoured if not said, and are the better place for one with a password
    #[arg(long, value_name = "URL", value_parser = NonEmptyStringValueParser::new())]
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
    #[arg(long, value_name = "KEY", conflicts_with_all = ["suite_key", "access_token", "access_token_file"], value_parser = NonEmptyStringValueParser::new())]
    pub(crate) app_key: Option<String>,

    /// A file with the app's secret; `-` for standard input. Or set DINGTALK_APP_SECRET
    #[arg(long, value_name = "FILE", conflicts_with_all = ["suite_key", "access_token", "access_token_file"])]
    pub(crate) app_secret_file: Option<Input>,

    /// The organisation that the app runs in. Or set DINGTALK_CORP_ID
    ///
    /// With it, an app asks by the way that DingTalk recommends; a suite needs it.
    #[arg(long, value_name = "ID", conflicts_with_all = ["access_token", "access_token_file"], value_parser = NonEmptyStringValueParser::new())]
    pub(crate) corp_id: Option<String>,

    /// The key of your third-party app. Or set DINGTALK_SUITE_KEY
    #[arg(long, value_name = "KEY", conflicts_with_all = ["access_token", "access_token_file"], value_parser = NonEmptyStringValueParser::new())]
    pub(crate) suite_key: Option<String>,

    /// A file with its secret; `-` for standard input. Or set DINGTALK_SUITE_SECRET
    #[arg(long, value_name = "FILE", conflicts_with_all = ["app_key", "access_token", "access_token_file"])]
    pub(crate) suite_secret_file: Option<Input>,

    /// A file with the newest ticket that DingTalk has pushed to it; `-` for standard input. Or set
    /// DINGTALK_SUITE_TICKET
    #[arg(long, value_name = "FILE", conflicts_with_all = ["app_key", "access_token", "access_token_file"])]
    pub(crate) suite_ticket_file: Option<Input>,

    /// An access token that you got yourself. Others on this machine can see it here: better set
    /// DINGTALK_ACCESS_TOKEN
    ///
    /// What stands on a command line can be read by other users of this machine while the command
    /// runs, and is kept in the shell's history.
    #[arg(long, value_name = "TOKEN", value_parser = NonEmptyStringValueParser::new())]
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

    /// How often a page or an access token is asked for at most, when DingTalk or the network fails
    /// [default: 5, and 3 for a token]
    #[arg(long, value_name = "N", value_parser = value::positive::<u32>, allow_negative_numbers = true)]
    pub(crate) attempts: Option<u32>,

    /// How many calls in a second at most, or `off`. DingTalk counts those of all processes that use
    /// the same app together [default: 20]
    #[arg(long, value_name = "CALLS", value_parser = value::rate_limit, allow_negative_numbers = true)]
    pub(crate) rate_limit: Option<RateLimit>,
}
