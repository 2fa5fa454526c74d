//! The wire: one request out, one answer of bounded size back, within a time limit.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use tokio::runtime::Handle;

use crate::call::{Answer, PROXY_WANTS_PASSWORD, within};
use crate::clock::Clock;
use crate::connection::{Pool, Settings};
use crate::encoding::{Unpack, unpack};
use crate::error::{Advice, Error, Kind, Phase, Sent};

/// A request on its way, and its limits.
pub(crate) struct Exchange<'a> {
    pub(crate) request: reqwest::Request,
    /// When the whole answer has to be here.
    pub(crate) until: Instant,
    pub(crate) clock: &'a dyn Clock,
    /// The longest body that is read, after decompression.
    pub(crate) most_bytes: usize,
}

/// What carries requests: HTTP, or a test's script.
pub(crate) trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request once and reads the answer, whatever its status.
    fn send<'a>(
        &'a self,
        exchange: Exchange<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send + 'a>>;
}

/// HTTP by `reqwest`.
#[derive(Debug)]
pub(crate) struct Http {
    pool: Pool,
}

impl Http {
    /// Sends by `client`, and by others of the same `settings` when its connections died.
    pub(crate) fn new(client: reqwest::Client, settings: Settings) -> Self {
        Self {
            pool: Pool::new(client, settings),
        }
    }
}

impl Transport for Http {
    fn send<'a>(
        &'a self,
        exchange: Exchange<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send + 'a>> {
        Box::pin(async move {
            let Exchange {
                request,
                until,
                clock,
                most_bytes,
            } = exchange;
            if Handle::try_current().is_err() {
                return Err(Error::configuration(
                    "the client needs a tokio runtime, and there is none here; \
                     without one, use `dingtalk_receipts::blocking`",
                ));
            }
            let (client, generation) = self.pool.client();
            let result = async {
                let response = within(clock, until, client.execute(request))
                    .await
                    .ok_or_else(|| late(Phase::Head))?
                    .map_err(broken)?;
                read(response, until, clock, most_bytes).await
            }
            .await;
            if result.as_ref().is_err_and(may_be_dead) {
                self.pool.leave(generation);
            }
            result
        })
    }
}

/// Whether the connection may be dead, so that no other request may be sent into it.
fn may_be_dead(error: &Error) -> bool {
    matches!(
        error.details().kind,
        Kind::Transport | Kind::Timeout(Phase::Head | Phase::Body)
    )
}

/// So much memory is taken at once for a body whose length the server announces; of more, what arrives decides.
const MOST_AT_ONCE: usize = 64 * 1024;

/// Reads the body chunk by chunk, and no further than `most_bytes`.
async fn read(
    mut response: reqwest::Response,
    until: Instant,
    clock: &dyn Clock,
    most_bytes: usize,
) -> Result<Answer, Error> {
    let status = response.status().as_u16();
    let headers = std::mem::take(response.headers_mut());
    let known = |error: Error| error.with(|details| details.status = Some(status));
    let announced = response.content_length().unwrap_or_default();
    let announced = usize::try_from(announced).unwrap_or(usize::MAX);
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    loop {
        // A server that sends crumbs faster than they are read never lets an alarm be heard.
        if !first.is_empty() && clock.now() >= until {
            return Err(known(late(Phase::Body)));
        }
        let chunk = within(clock, until, response.chunk())
            .await
            .ok_or_else(|| known(late(Phase::Body)))?
            .map_err(|error| known(broken(error)))?;
        let Some(chunk) = chunk else { break };
        if first.len().max(whole.len()) + chunk.len() > most_bytes {
            return Err(known(too_large(most_bytes)));
        }
        // An answer that comes in one piece needs no copy.
        if first.is_empty() {
            first = chunk;
            continue;
        }
        if whole.is_empty() {
            whole.reserve(announced.min(MOST_AT_ONCE).max(first.len() + chunk.len()));
            whole.extend_from_slice(&first);
        }
        whole.extend_from_slice(&chunk);
    }
    let body = if whole.is_empty() {
        first
    } else {
        whole.freeze()
    };
    let body = unpack(&headers, body, most_bytes).map_err(|why| match why {
        Unpack::TooLarge => known(too_large(most_bytes)),
        Unpack::Corrupt(error) => known(unreadable_body().caused_by(error)),
    })?;
    Ok(Answer {
        status,
        headers,
        body,
    })
}

const BROKEN_BODY: &str = "the answer broke off or could not be decompressed";

fn unreadable_body() -> Error {
    Error::new(Kind::Transport, BROKEN_BODY).with(|details| {
        details.advice = Advice::Backoff;
        details.sent = Sent::Yes;
    })
}

pub(crate) fn late(phase: Phase) -> Error {
    Error::new(
        Kind::Timeout(phase),
        format!("out of time while {}", phase.describe()),
    )
    .with(|details| {
        details.advice = Advice::Backoff;
        details.sent = if phase == Phase::Body {
            Sent::Yes
        } else {
            Sent::Maybe
        };
    })
}

pub(crate) fn too_large(most_bytes: usize) -> Error {
    let text = format!("the answer is longer than the {most_bytes} bytes that this client reads");
    Error::new(Kind::Protocol, text).with(|details| details.sent = Sent::Yes)
}

/// What `reqwest` says, in our terms. Its own text holds the URL and is left out of ours.
fn broken(error: reqwest::Error) -> Error {
    let error = error.without_url();
    let in_body = error.is_body() || error.is_decode();
    let untrusted = !in_body && is_untrusted(&error);
    let refusal = proxy_refusal(&error);
    let (kind, text, sent) = if error.is_connect() && error.is_timeout() {
        (
            Kind::Timeout(Phase::Connect),
            "out of time while connecting",
            Sent::No,
        )
    } else if let Some(refusal) = refusal {
        (Kind::Connect, refusal, Sent::No)
    } else if error.is_connect() && untrusted {
        (
            Kind::Connect,
            "no trusted connection could be made",
            Sent::No,
        )
    } else if error.is_connect() {
        (Kind::Connect, "no connection could be made", Sent::No)
    } else if error.is_builder() {
        (
            Kind::Configuration,
            "the request could not be made",
            Sent::No,
        )
    } else if in_body {
        (Kind::Transport, BROKEN_BODY, Sent::Yes)
    } else if is_no_http(&error) {
        (
            Kind::Protocol,
            "what answered does not speak HTTP, or the head of its answer is too long",
            Sent::Maybe,
        )
    } else {
        (
            Kind::Transport,
            "the connection broke before the answer came",
            Sent::Maybe,
        )
    };
    // A certificate does not get valid by trying again, and a proxy does not change its rules.
    let advice = if untrusted || refusal.is_some() || kind == Kind::Configuration {
        Advice::Never
    } else {
        Advice::Backoff
    };
    Error::new(kind, text).caused_by(error).with(|details| {
        details.sent = sent;
        details.advice = advice;
    })
}

/// Whether something came back that cannot be read as the head of an answer.
fn is_no_http(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        let cause = cause.downcast_ref::<hyper::Error>();
        cause.is_some_and(hyper::Error::is_parse)
    })
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}

/// What a proxy's refusal of a tunnel means. The errors of the tunnel are private to `hyper-util` and known by words only.
fn proxy_refusal(error: &reqwest::Error) -> Option<&'static str> {
    if !error.is_connect() {
        return None;
    }
    causes(error).find_map(|cause| match cause.to_string().as_str() {
        "tunnel error: proxy authorization required" => Some(PROXY_WANTS_PASSWORD),
        "tunnel error: unsuccessful" => Some(
            "the proxy refused the connection to the server (CONNECT); \
             check the proxy's rules, or except the host from the proxy",
        ),
        _ => None,
    })
}

/// Whether the failure is one of trust: the TLS libraries report it as invalid data, some in words only. Words count only while the connection is made: later they may be the server's.
fn is_untrusted(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        let words = if error.is_connect() {
            cause.to_string()
        } else {
            String::new()
        };
        io.is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData)
            || words.contains("certificate")
    })
}
