//! What to do about a failed call, in terms of this command's options.

use dingtalk_receipts::{Error, Phase};

use crate::failure::Exit;

/// What the user can do about a message that may have been sent.
pub(crate) const LOOK_FIRST: &str = "Do not send it again blindly: the message may be in the group already. Look there \
    first. Its process query key is lost, so it can be neither queried nor recalled.";

/// What the user can do about `error`.
pub(crate) fn what_to_do(error: &Error, exit: Exit) -> String {
    let code = error.code().map(|code| code.as_str()).unwrap_or_default();
    let is = |known: &str| code.eq_ignore_ascii_case(known);
    match exit {
        Exit::OutcomeUnknown => LOOK_FIRST.to_owned(),
        Exit::Denied if is("groupPermissionDenied") => "DingTalk lists the members of a group that was made from \
            one of the app's templates, or that has a cool app of the app. For unread, give a list of people with \
            --expect."
            .to_owned(),
        Exit::Denied if error.is_permission_denied() => permission(error, code),
        Exit::Denied => "Check the token, or key and secret, and the --region: credentials of one of \
            DingTalk's platforms are not valid on the other. An access token lives for two hours."
            .to_owned(),
        Exit::Unavailable if error.is_quota_exhausted() => "The organisation's calls of this month are \
            used up: wait for the next month, or get a larger plan. Every page is a call; leave out \
            --max-results to ask for the largest pages."
            .to_owned(),
        Exit::Unavailable if error.is_throttled() => "Other processes use the same app: give each a lower \
            --rate-limit, so that all together keep below its limit, and avoid the full hour. Then try again."
            .to_owned(),
        Exit::Unavailable if error.timeout_phase() == Some(Phase::RateLimit) => "Pages come no faster than \
            the --rate-limit allows: raise --deadline, or go on where it stopped."
            .to_owned(),
        Exit::Unavailable => {
            "DingTalk has a passing failure. Try again later, or more often with --attempts.".to_owned()
        }
        Exit::Network => network(error),
        Exit::Unexpected => "Something else than DingTalk may have answered: check --base-url and --proxy, \
            and look at the beginning of the answer. A company proxy, a login page of a network and a \
            banned address (over 10,000 calls in 20 seconds) look like this."
            .to_owned(),
        Exit::Refused if error.is_not_ready() => "Just after sending, wait for the data with \
            --wait-until-ready 30s. A day after sending, the data is gone."
            .to_owned(),
        Exit::Refused if is("invalidParameter.cursor.invalid") => "DingTalk no longer knows the place to go \
            on at. Start again from the first page; readers that came before come again."
            .to_owned(),
        Exit::Refused => "Correct what DingTalk names; the same call will be refused again. With the request \
            id, DingTalk's support can say more."
            .to_owned(),
        Exit::Done | Exit::Local | Exit::Usage | Exit::Unread | Exit::Interrupted => String::new(),
    }
}

fn permission(error: &Error, code: &str) -> String {
    let scopes = error.required_scopes();
    if !scopes.is_empty() {
        return format!(
            "Grant the app {} in DingTalk's developer console. A new token does not help.",
            scopes.join(", ")
        );
    }
    if code.to_ascii_lowercase().contains("ipnotinwhitelist") {
        return "Add this machine's public address to the app's list of allowed addresses in DingTalk's \
            developer console."
            .to_owned();
    }
    "Give the app the missing right in DingTalk's developer console. A new token does not help."
        .to_owned()
}

fn network(error: &Error) -> String {
    if error.is_connect() {
        return "Check the network, --base-url, --proxy and, behind a proxy with its own certificates, \
            --ca-certificate."
            .to_owned();
    }
    if error.is_timeout() {
        return "Raise --attempt-timeout or --deadline, or look for what is slow.".to_owned();
    }
    "The connection broke, and again each time it was tried. Check the network and the proxy, and try again."
        .to_owned()
}
