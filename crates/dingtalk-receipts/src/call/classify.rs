//! What an answer that is not the expected one means: by its error code first, then by its status.

use std::time::{Duration, SystemTime};

use dingtalk_receipts_api::errors::for_status;
use reqwest::Url;

use super::answer::Answer;
use super::retry_after::retry_after;
use crate::error::{
    Advice, Envelope, Error, ErrorKind, Kind, ReceivedErrorCode, Redactor, Sent, mask_text,
    one_line, snippet, states_failure,
};

/// The text of HTTP status 407, and of a tunnel that is refused with it. Only proxies send it.
pub(crate) const PROXY_WANTS_PASSWORD: &str = "the proxy wants a user name and a password, or others than it was given; \
     give them in the proxy's address";

/// The longest message of a server that an error keeps, in bytes.
const MESSAGE_BYTES: usize = 1024;

/// The error of an answer whose status is not a success.
pub(crate) fn refused(answer: &Answer, redactor: &Redactor<'_>, now: SystemTime) -> Error {
    if matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
        return redirected(answer, redactor, now);
    }
    if answer.status < 400 {
        let text = "the answer has a status that is none for this call".to_owned();
        return about(answer, Kind::Protocol, text, redactor, now);
    }
    if answer.status == 407 {
        let text = PROXY_WANTS_PASSWORD.to_owned();
        return about(answer, Kind::Protocol, text, redactor, now);
    }
    let envelope = Envelope::read(&answer.body);
    if let Some(minutes) = envelope.banned_for {
        return banned(answer, minutes, redactor, now);
    }
    if envelope.code.is_some() {
        return with_code(answer, envelope, redactor, now);
    }
    let known = for_status(answer.status);
    let is_envelope = envelope != Envelope::default();
    let text = match (known, is_envelope || answer.body.is_empty()) {
        (Some(known), true) => format!("DingTalk refused the call without a code. {}", known.en),
        (None, true) => "DingTalk refused the call without a code or a known status".to_owned(),
        (_, false) => {
            "the answer is not DingTalk's; a gateway or proxy may have sent it".to_owned()
        }
    };
    let kind = if is_envelope || answer.body.is_empty() {
        Kind::Refused
    } else {
        Kind::Protocol
    };
    about(answer, kind, text, redactor, now).with(|details| {
        details.message = envelope.message.map(|message| clean(&message, redactor));
        details.advice = match known {
            Some(known) => known.advice,
            // A status that the contract does not list, such as a content network's 520: the query may be repeated.
            None if answer.status >= 500 => Advice::Backoff,
            None => Advice::Never,
        };
        // A page of some firewall says nothing about the app's permissions or its token; that there are too many
        // calls is true of whoever says it.
        let class = known.map(|known| known.kind);
        if kind == Kind::Refused || class == Some(ErrorKind::Throttling) {
            details.class = class;
        } else if details.advice == Advice::RefreshToken {
            details.advice = Advice::Never;
        }
        if let Some(id) = envelope.request_id {
            details.request_id = Some(one_line(&redactor.clean(&id), 128));
        }
    })
}

/// Why the body of a success is not what was asked for.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// It ends too early.
    CutOff,
    /// It is something else, for this reason.
    Foreign(String),
}

/// The error of an answer that says it succeeded but is not what the contract promises.
pub(crate) fn misread(
    answer: &Answer,
    why: Unreadable,
    redactor: &Redactor<'_>,
    now: SystemTime,
) -> Error {
    match why {
        Unreadable::CutOff => broken_body(answer, redactor, now),
        Unreadable::Foreign(why) => foreign(answer, &why, redactor, now),
    }
}

fn foreign(answer: &Answer, why: &str, redactor: &Redactor<'_>, now: SystemTime) -> Error {
    let envelope = Envelope::read(&answer.body);
    if let Some(minutes) = envelope.banned_for {
        return banned(answer, minutes, redactor, now);
    }
    let is_error = match &envelope.code {
        None => false,
        // A success of a token endpoint may carry the token as its `code`, as OAuth does.
        Some(code) if redactor.withholds_bodies() => {
            !ReceivedErrorCode::from(code.clone()).is_unknown() || states_failure(&answer.body)
        }
        Some(_) => true,
    };
    if is_error {
        return with_code(answer, envelope, redactor, now);
    }
    about(
        answer,
        Kind::Protocol,
        format!("the answer is not what the contract promises: {why}"),
        redactor,
        now,
    )
}

/// The error of a body that ends too early: the answer was right as far as it came.
fn broken_body(answer: &Answer, redactor: &Redactor<'_>, now: SystemTime) -> Error {
    about(
        answer,
        Kind::Transport,
        "the answer was cut off in the middle of its JSON".to_owned(),
        redactor,
        now,
    )
    .with(|details| details.advice = Advice::Backoff)
}

fn with_code(
    answer: &Answer,
    envelope: Envelope,
    redactor: &Redactor<'_>,
    now: SystemTime,
) -> Error {
    let text = envelope.code.unwrap_or_default();
    let mut code = ReceivedErrorCode::from(one_line(&text, 128));
    if code.is_unknown() {
        code = ReceivedErrorCode::from(one_line(&redactor.clean(&text), 128));
    }
    // A code that the contract does not know means what its family means, and else what the status means.
    let known = for_status(answer.status);
    let class = code.kind().or(known.map(|known| known.kind));
    let advice = code
        .advice()
        .or(known.map(|known| known.advice))
        .unwrap_or(Advice::Never);
    about(
        answer,
        Kind::Refused,
        "DingTalk refused the call".to_owned(),
        redactor,
        now,
    )
    .with(|details| {
        details.code = Some(code);
        details.class = class;
        details.advice = advice;
        details.message = envelope.message.map(|message| clean(&message, redactor));
        details.required_scopes = envelope
            .required_scopes
            .iter()
            .map(|scope| clean(scope, redactor))
            .collect();
        if let Some(id) = envelope.request_id {
            details.request_id = Some(one_line(&redactor.clean(&id), 128));
        }
    })
}

/// The address of this machine is banned: over 10,000 calls in 20 s, for five minutes (KB 0012, 1433). More calls
/// make it longer.
fn banned(answer: &Answer, minutes: u64, redactor: &Redactor<'_>, now: SystemTime) -> Error {
    let text =
        "DingTalk has banned this machine's address for too many calls; wait at least five minutes";
    about(answer, Kind::Protocol, text.to_owned(), redactor, now).with(|details| {
        details.retry_after = details
            .retry_after
            .max(Some(Duration::from_secs(minutes.saturating_mul(60))))
    })
}

/// A redirect is never followed: the access token's header must not reach another host.
fn redirected(answer: &Answer, redactor: &Redactor<'_>, now: SystemTime) -> Error {
    let target = answer
        .header("location")
        .and_then(|location| Url::parse(location).ok());
    let to = match target.as_ref().and_then(Url::host_str) {
        Some(host) => format!(" to {}", one_line(host, 255)),
        None => String::new(),
    };
    let text = format!("the answer is a redirect{to}, which is not followed; check the base URL");
    about(answer, Kind::Protocol, text, redactor, now)
}

fn about(
    answer: &Answer,
    kind: Kind,
    text: String,
    redactor: &Redactor<'_>,
    now: SystemTime,
) -> Error {
    Error::new(kind, redactor.clean(&text)).with(|details| {
        details.sent = Sent::Yes;
        details.status = Some(answer.status);
        details.request_id = answer
            .request_id()
            .map(|id| one_line(&redactor.clean(id), 128));
        details.retry_after = retry_after(&answer.headers, now);
        details.snippet = snippet(&answer.body, redactor);
    })
}

fn clean(message: &str, redactor: &Redactor<'_>) -> String {
    let message = redactor.clean(message);
    if redactor.withholds_bodies() {
        one_line(&mask_text(&message), MESSAGE_BYTES)
    } else {
        one_line(&message, MESSAGE_BYTES)
    }
}
