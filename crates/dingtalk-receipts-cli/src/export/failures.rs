//! What failed in a run over many messages, counted by cause; and which failures end the run.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use dingtalk_receipts::{Answer, Error};
use serde::Serialize;

use crate::failure::Exit;
use crate::print::thousands;

/// A ban asks for minutes; a server that is merely busy asks for less.
const BAN: Duration = Duration::from_secs(60);

/// So many messages failed for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Cause {
    pub(crate) kind: &'static str,
    pub(crate) code: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) count: u64,
}

impl Cause {
    /// The cause in a few words, with how often it was met.
    pub(crate) fn text(&self) -> String {
        let what = self.code.as_deref().unwrap_or(self.kind);
        format!("{} {what}", thousands(self.count))
    }
}

/// The failures so far.
#[derive(Debug, Default)]
pub(super) struct Failures {
    by_cause: BTreeMap<(&'static str, Option<String>, Option<u16>), u64>,
    /// The first, or the one that ended the run.
    pub(super) first: Option<Rc<Answer>>,
    /// How many may be none if the same is asked again.
    pub(super) passing: u64,
    pub(super) count: u64,
}

impl Failures {
    pub(super) fn add(&mut self, answer: &Rc<Answer>, error: &Error) {
        let code = error.code().map(|code| code.as_str().to_owned());
        let cause = (Exit::of(error).word(), code, error.status());
        *self.by_cause.entry(cause).or_default() += 1;
        self.count += 1;
        self.passing += u64::from(is_passing(error));
        if self.first.is_none() {
            self.first = Some(Rc::clone(answer));
        }
    }

    /// The causes, the most frequent first.
    pub(super) fn causes(&self) -> Vec<Cause> {
        let mut causes: Vec<_> = self
            .by_cause
            .iter()
            .map(|((kind, code, status), count)| Cause {
                kind,
                code: code.clone(),
                status: *status,
                count: *count,
            })
            .collect();
        causes.sort_by_key(|cause| std::cmp::Reverse(cause.count));
        causes
    }
}

/// Whether the same request may have another answer soon. A message that DingTalk has no data of counts as answered: a day
/// after sending, it stays so.
fn is_passing(error: &Error) -> bool {
    match () {
        () if error.is_not_ready() => false,
        () if is_hopeless(error) => true,
        () => {
            error.is_retryable()
                || error.is_timeout()
                || error.is_connect()
                || error.is_quota_exhausted()
                // A connection that broke, or what cannot be told.
                || (error.code().is_none() && error.status().is_none())
        }
    }
}

/// Whether every other message would meet the same failure.
pub(crate) fn is_hopeless(error: &Error) -> bool {
    error.is_auth()
        || error.is_quota_exhausted()
        || error.is_invalid_input()
        || error.is_journal()
        || (error.is_permission_denied() && !is_about_the_conversation(error))
        || is_no_dingtalk(error)
}

/// A permission that is missing for one group only.
fn is_about_the_conversation(error: &Error) -> bool {
    error.code().is_some_and(|code| {
        code.as_str()
            .eq_ignore_ascii_case("conversation.org.dismatch")
    })
}

/// Whether something stands between this machine and DingTalk: a login page, a redirect, or the page of a banned address,
/// where each further call makes the ban longer.
fn is_no_dingtalk(error: &Error) -> bool {
    if !error.is_protocol() || error.is_retryable() {
        return false;
    }
    let is_banned = error.retry_after().is_some_and(|wait| wait >= BAN);
    let is_other = error
        .body_snippet()
        .is_some_and(|body| !body.trim_start().starts_with('{'));
    is_banned || is_other
}
