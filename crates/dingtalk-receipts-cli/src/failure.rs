//! Why a command did not do what it was asked to, and the exit code that says so.

use std::io;
use std::rc::Rc;

use dingtalk_receipts::{Answer, Cursor, Error, Phase};

use crate::export::Cause;

/// Why a command ends early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line cannot be right.
    Usage(String),
    /// A file, a terminal or a socket of this machine failed.
    Local { what: String, cause: io::Error },
    /// Asking DingTalk failed; a run of pages can go on at the cursor.
    Call(Box<Error>),
    /// Somebody pressed Ctrl-C.
    Interrupted(Option<Cursor>),
    /// Somebody pressed Ctrl-C while a message was under way.
    InterruptedSending,
    /// Messages that were to be recalled were not.
    NotRecalled { failed: usize, all: usize },
    /// A run over many messages is not done, or some failed.
    Unfinished(Box<Unfinished>),
    /// People of the checklist have not read the message, which was to be a failure.
    Unread { unread: usize, expected: usize },
    /// Whoever read the output wants no more of it. That is no error.
    ClosedPipe,
}

/// How far a run over many messages came, and what failed.
#[derive(Debug)]
pub(crate) struct Unfinished {
    pub(crate) exit: Exit,
    /// How far it came.
    pub(crate) text: String,
    pub(crate) advice: String,
    /// The first failure, or the one that ended the run.
    pub(crate) first: Option<Rc<Answer>>,
    /// What failed, by cause.
    pub(crate) causes: Vec<Cause>,
    /// Whether all of the failure is told to a person, rather than what `text` says of it.
    pub(crate) in_full: bool,
}

impl Failure {
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    pub(crate) fn local(what: impl Into<String>, cause: io::Error) -> Self {
        Self::Local {
            what: what.into(),
            cause,
        }
    }

    /// The output failed.
    pub(crate) fn output(cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::local("cannot write the output", cause),
        }
    }

    /// What the process exits with.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Local { .. } => Exit::Local,
            Self::Call(error) => Exit::of(error),
            Self::Interrupted(_) => Exit::Interrupted,
            Self::InterruptedSending => Exit::OutcomeUnknown,
            Self::NotRecalled { .. } => Exit::Local,
            Self::Unfinished(end) => end.exit,
            Self::Unread { .. } => Exit::Unread,
            Self::ClosedPipe => Exit::Done,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

/// The exit codes, as the help has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    Local = 1,
    Usage = 2,
    Denied = 3,
    Refused = 4,
    Unavailable = 5,
    Network = 6,
    Unexpected = 7,
    Unread = 8,
    OutcomeUnknown = 9,
    Interrupted = 130,
}

impl Exit {
    /// The class of a failed call. What DingTalk said decides; then how far the call came.
    pub(crate) fn of(error: &Error) -> Self {
        let failing_server = error.status().is_some_and(|status| status >= 500);
        match () {
            () if error.is_outcome_unknown() => Self::OutcomeUnknown,
            () if error.is_journal() => Self::Local,
            () if error.is_invalid_input() => Self::Usage,
            () if error.is_auth() || error.is_permission_denied() => Self::Denied,
            () if error.is_throttled() || error.is_quota_exhausted() => Self::Unavailable,
            // The client held the call back itself, to keep below the rate limit.
            () if error.timeout_phase() == Some(Phase::RateLimit) => Self::Unavailable,
            () if error.is_not_ready() => Self::Refused,
            () if error.is_retryable() && failing_server => Self::Unavailable,
            () if error.is_protocol() => Self::Unexpected,
            () if error.is_timeout() || error.is_connect() => Self::Network,
            () if error.code().is_some() => Self::Refused,
            () if error.is_retryable() => Self::Network,
            // A connection that was made and could not be trusted, or an answer without a code.
            () if error.status().is_none() => Self::Network,
            () => Self::Refused,
        }
    }

    /// The word for it in `--error-format json`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Local => "local",
            Self::Usage => "usage",
            Self::Denied => "denied",
            Self::Refused => "refused",
            Self::Unavailable => "unavailable",
            Self::Network => "network",
            Self::Unexpected => "unexpected",
            Self::Unread => "unread",
            Self::OutcomeUnknown => "unknown",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
