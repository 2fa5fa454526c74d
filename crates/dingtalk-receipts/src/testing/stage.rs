//! What stands in for the wire.

use reqwest::header::HeaderMap;

use super::call::Call;
use super::reply::{Content, Reply};
use super::script::Script;
use crate::error::{Advice, Error, Kind, Phase, Sent};
use crate::future::{BoxFuture, within};
use crate::response::Response;
use crate::transport::{Exchange, Transport, too_large};

/// Plays a script.
#[derive(Debug)]
pub(super) struct Stage {
    script: Script,
}

impl Stage {
    pub(super) fn new(script: Script) -> Self {
        Self { script }
    }
}

impl Transport for Stage {
    fn send<'a>(&'a self, exchange: Exchange<'a>) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            if exchange.request.url().path().contains("/oauth2/") {
                return Ok(token(self.script.token()));
            }
            let call = Call::read(&exchange.request, exchange.clock.now());
            let call =
                call.ok_or_else(|| Error::configuration("the script has replies to queries only"))?;
            let (number, reply) = self.script.next(&call);
            play(
                reply.ok_or_else(|| exhausted(number, &call))?,
                number,
                exchange,
            )
            .await
        })
    }
}

async fn play(reply: Reply, number: usize, exchange: Exchange<'_>) -> Result<Response, Error> {
    let Exchange {
        until,
        clock,
        max_bytes,
        ..
    } = exchange;
    let over = || Error::timeout(Phase::Head);
    if matches!(reply.content, Content::Silence) {
        return within(clock, until, std::future::pending())
            .await
            .ok_or_else(over);
    }
    if !reply.delay.is_zero() {
        within(clock, until, clock.sleep(reply.delay))
            .await
            .ok_or_else(over)?;
    }
    match reply.response(&format!("scripted-{number}"))? {
        Some(response) if response.body.len() > max_bytes => Err(too_large(max_bytes)),
        Some(response) => Ok(response),
        None => {
            let text = "the connection broke before the answer came";
            Err(Error::new(Kind::Transport, text).with(|details| {
                details.sent = Sent::Maybe;
                details.advice = Advice::Backoff;
            }))
        }
    }
}

/// An access token, in both spellings of the operations that give one.
fn token(number: u64) -> Response {
    let token = format!("scripted-access-token-{number}");
    let body = serde_json::json!({
        "accessToken": token, "expireIn": 7200, "access_token": token, "expires_in": 7200,
    });
    Response {
        status: 200,
        headers: HeaderMap::new(),
        body: body.to_string().into(),
    }
}

fn exhausted(number: usize, call: &Call) -> Error {
    let key = &call.process_query_key;
    let place = match &call.cursor {
        Some(cursor) => format!("the page at `{cursor}`"),
        None => "the first page".to_owned(),
    };
    Error::configuration(format!(
        "the script has no reply for call {number}: {place} of message `{key}`"
    ))
}
