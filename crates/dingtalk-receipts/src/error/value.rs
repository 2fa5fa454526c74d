//! The error type itself: what it knows, and the questions it answers.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::kind::{GaveUp, Kind, Phase, Sent};
use super::{Advice, ErrorCode, ErrorKind, ReceivedErrorCode};
use crate::cursor::Cursor;
use crate::receipts::Receipts;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed, and what is left to do.
///
/// Its text is one line that says what happened and, where DingTalk answered, what DingTalk said; of its
/// [causes](StdError::source) it has those of the caller's own code, such as a [token provider](crate::TokenProvider).
/// `Debug` is the same line, so that `main() -> Result<(), Error>` prints it; `{:#?}` shows the parts. None of them holds
/// a secret.
///
/// Ask the predicates what to do, in this order: [`is_auth`](Self::is_auth),
/// [`is_permission_denied`](Self::is_permission_denied), [`is_quota_exhausted`](Self::is_quota_exhausted),
/// [`is_throttled`](Self::is_throttled), [`is_not_ready`](Self::is_not_ready), [`is_retryable`](Self::is_retryable).
pub struct Error {
    details: Box<Details>,
}

/// What an [`Error`] knows.
pub(crate) struct Details {
    pub(crate) kind: Kind,
    /// What happened, in words; for a refusal, what the catalog says of the code.
    pub(crate) text: String,
    pub(crate) code: Option<ReceivedErrorCode>,
    pub(crate) class: Option<ErrorKind>,
    pub(crate) advice: Advice,
    pub(crate) message: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    pub(crate) required_scopes: Vec<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) snippet: Option<String>,
    pub(crate) sent: Sent,
    /// Whether what must not be done twice may have been done.
    pub(crate) outcome_unknown: bool,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) gave_up: Option<GaveUp>,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) partial: Option<Receipts>,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self {
            details: Box::new(Details {
                kind,
                text: text.into(),
                code: None,
                class: None,
                advice: Advice::Never,
                message: None,
                status: None,
                request_id: None,
                required_scopes: Vec::new(),
                retry_after: None,
                snippet: None,
                sent: Sent::No,
                outcome_unknown: false,
                attempts: 0,
                elapsed: Duration::ZERO,
                gave_up: None,
                cursor: None,
                partial: None,
                source: None,
            }),
        }
    }

    /// An argument that cannot be right. Nothing was sent.
    pub(crate) fn argument(text: impl Into<String>) -> Self {
        Self::new(Kind::Argument, text)
    }

    /// A configuration that cannot work. Nothing was sent.
    pub(crate) fn configuration(text: impl Into<String>) -> Self {
        Self::new(Kind::Configuration, text)
    }

    /// No credentials were given.
    pub(crate) fn no_credentials() -> Self {
        Self::configuration(
            "the client has no credentials; give `.credentials(..)` a token or an app's key and secret",
        )
    }

    /// A time limit passed in this phase.
    pub(crate) fn timeout(phase: Phase) -> Self {
        Self::new(Kind::Timeout(phase), phase.message()).with(|details| {
            details.advice = Advice::Backoff;
            details.sent = phase.sent();
        })
    }

    /// The journal of a run over many messages failed.
    pub(crate) fn journal(text: impl Into<String>) -> Self {
        Self::new(Kind::Journal, text)
    }

    pub(crate) fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.details.source = Some(cause.into());
        self
    }

    pub(crate) fn details(&self) -> &Details {
        &self.details
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Details)) -> Self {
        change(&mut self.details);
        self
    }

    /// What happened, in a few words, without what DingTalk said: for a program that shows the parts one by one.
    pub fn summary(&self) -> &str {
        &self.details.text
    }

    /// The error code that DingTalk gave, if it gave one, known without regard to case. A code that the contract does
    /// not know is kept.
    pub fn code(&self) -> Option<&ErrorCode> {
        self.details.code.as_ref().map(ReceivedErrorCode::code)
    }

    /// The error code as it was spelled.
    pub fn raw_code(&self) -> Option<&str> {
        self.details.code.as_ref().map(ReceivedErrorCode::as_str)
    }

    /// What DingTalk said, in its words: prose, in Chinese on the Chinese host. Not for decisions.
    pub fn message(&self) -> Option<&str> {
        self.details.message.as_deref()
    }

    /// The HTTP status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.details.status
    }

    /// The id of the call, to give to DingTalk's support. Its diagnosis tool knows it for seven days.
    pub fn request_id(&self) -> Option<&str> {
        self.details.request_id.as_deref()
    }

    /// The permissions that the app lacks, as DingTalk named them.
    pub fn required_scopes(&self) -> &[String] {
        &self.details.required_scopes
    }

    /// How many requests were sent, or tried to be sent, for this call. 0 if it failed before the first.
    pub fn attempts(&self) -> u32 {
        self.details.attempts
    }

    /// How long the call took, all attempts and pauses included.
    pub fn elapsed(&self) -> Duration {
        self.details.elapsed
    }

    /// Whether the last request reached DingTalk. A query changes nothing, so this matters for metering only.
    pub fn was_sent(&self) -> Sent {
        self.details.sent
    }

    /// How long DingTalk asked to wait before the next call.
    pub fn retry_after(&self) -> Option<Duration> {
        self.details.retry_after
    }

    /// Where a run of pages can go on: the page that failed. Give it to [`Client::resume`](crate::Client::resume).
    pub fn resume_cursor(&self) -> Option<&Cursor> {
        self.details.cursor.as_ref()
    }

    /// The readers that [`collect`](crate::ReadStatus::collect) had received before it failed.
    pub fn partial(&self) -> Option<&Receipts> {
        self.details.partial.as_ref()
    }

    /// The same, taken out of the error.
    pub fn into_partial(self) -> Option<Receipts> {
        self.details.partial
    }

    /// The beginning of a body that was not understood, as it came: at most 512 bytes, on one line, with secrets masked.
    /// `None` for the responses of token endpoints, which may hold a fresh token in any form.
    pub fn body_snippet(&self) -> Option<&str> {
        self.details.snippet.as_deref()
    }

    /// What the contract's catalog advises for this error.
    pub fn advice(&self) -> Advice {
        self.details.advice
    }

    /// What the catalog says the code means, in English; empty if DingTalk gave no code or an unknown one.
    pub fn meaning(&self) -> &str {
        self.code()
            .and_then(ErrorCode::meaning_en)
            .unwrap_or_default()
    }

    /// What the time limit interrupted, if a time limit ended the call.
    pub fn timeout_phase(&self) -> Option<Phase> {
        match self.details.kind {
            Kind::Timeout(phase) => Some(phase),
            _ if self.details.gave_up == Some(GaveUp::Deadline) => Some(Phase::Pause),
            _ => None,
        }
    }

    /// The arguments or the configuration are wrong, and nothing was sent.
    ///
    /// **What to do:** correct what the text names.
    pub fn is_invalid_input(&self) -> bool {
        matches!(self.details.kind, Kind::Argument | Kind::Configuration)
    }

    /// The same call may succeed later: a passing failure of the server or the network, or throttling.
    ///
    /// **What to do:** the client has tried again already, as far as its policy, its retry budget and the deadline
    /// allowed. Try again later, from [`resume_cursor`](Self::resume_cursor); raise the limits if this is frequent.
    pub fn is_retryable(&self) -> bool {
        match self.details.kind {
            Kind::Connect | Kind::Timeout(_) | Kind::Transport => {
                self.details.advice != Advice::Never
            }
            _ => matches!(self.details.advice, Advice::Backoff | Advice::Throttle),
        }
    }

    /// DingTalk, or what stands before it, refused the call because there were too many in a second or a minute.
    ///
    /// **What to do:** other processes use the same app; lower this client's
    /// [rate limit](crate::ClientBuilder::rate_limit) so that together they stay below the app's, and avoid the full hour.
    pub fn is_throttled(&self) -> bool {
        self.details.class == Some(ErrorKind::Throttling)
    }

    /// The organisation has used up its calls of this month.
    ///
    /// **What to do:** nothing helps before next month but a larger plan. Ask for fewer, larger pages.
    pub fn is_quota_exhausted(&self) -> bool {
        self.details.class == Some(ErrorKind::Quota)
    }

    /// The access token or the credentials behind it are wrong.
    ///
    /// **What to do:** check key, secret and region: credentials of the Chinese host are not valid on the
    /// international one, and the other way round. A token that had merely expired was renewed already.
    pub fn is_auth(&self) -> bool {
        self.details.kind == Kind::Credentials
            || self.details.class == Some(ErrorKind::Authentication)
    }

    /// The app may not do this: a permission, an allowed address, or the right to this conversation is missing.
    ///
    /// **What to do:** grant what [`required_scopes`](Self::required_scopes) names in DingTalk's developer console,
    /// or allow this machine's address there. A new token does not help.
    pub fn is_permission_denied(&self) -> bool {
        self.details.class == Some(ErrorKind::Permission)
    }

    /// The message has no read data yet, or no longer.
    ///
    /// **What to do:** just after sending, use [`wait_until_ready`](crate::ReadStatus::wait_until_ready); a day
    /// later, the data is gone.
    pub fn is_not_ready(&self) -> bool {
        self.details.class == Some(ErrorKind::NotReady)
    }

    /// A time limit ended the call; [`timeout_phase`](Self::timeout_phase) says which part of it.
    ///
    /// **What to do:** raise the limit that was too short, or look for what is slow.
    pub fn is_timeout(&self) -> bool {
        self.timeout_phase().is_some()
    }

    /// No connection could be made: name resolution, refusal, TLS, a proxy.
    ///
    /// **What to do:** check the address, the proxy and the certificates; `source()` has the details.
    pub fn is_connect(&self) -> bool {
        self.details.kind == Kind::Connect || self.details.kind == Kind::Timeout(Phase::Connect)
    }

    /// DingTalk no longer accepts the cursor that a run went on from.
    ///
    /// **What to do:** begin again at the [first page](Cursor::from_first_page), or let the query
    /// [do so](crate::ReadStatus::restart_on_invalid_cursor).
    pub fn is_invalid_cursor(&self) -> bool {
        self.code() == Some(&ErrorCode::InvalidParameterCursorInvalid)
    }

    /// The [journal](crate::Journal) of a run over many messages could not be read or written.
    ///
    /// **What to do:** look at `source()`, and at the disk; then run again with the same journal.
    pub fn is_journal(&self) -> bool {
        self.details.kind == Kind::Journal
    }

    /// What must not be done twice may have been done: a message may have been delivered.
    ///
    /// **What to do:** do not send it again unless twice is better than never; its key is lost, so it can be neither
    /// queried nor recalled. A query, a recall and a list of members never fail like this.
    pub fn is_outcome_unknown(&self) -> bool {
        self.details.outcome_unknown
    }

    /// Something answered that is not DingTalk's API, or DingTalk's answer broke its own contract.
    ///
    /// **What to do:** look at [`body_snippet`](Self::body_snippet): a captive portal, a company proxy and a banned
    /// address (over 10,000 calls in 20 seconds) look like this.
    pub fn is_protocol(&self) -> bool {
        self.details.kind == Kind::Protocol
    }
}

impl fmt::Debug for Error {
    /// The same line as `Display`; with `{:#?}` the parts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        let d = &self.details;
        f.debug_struct("Error")
            .field("kind", &d.kind)
            .field("text", &d.text)
            .field("code", &d.code)
            .field("message", &d.message)
            .field("status", &d.status)
            .field("request_id", &d.request_id)
            .field("attempts", &d.attempts)
            .field("elapsed", &d.elapsed)
            .field("sent", &d.sent)
            .field("outcome_unknown", &d.outcome_unknown)
            .field("gave_up", &d.gave_up)
            .field("body_snippet", &d.snippet)
            .field("source", &d.source.as_ref().map(ToString::to_string))
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.details
            .source
            .as_ref()
            .map(|cause| &**cause as &(dyn StdError + 'static))
    }
}
