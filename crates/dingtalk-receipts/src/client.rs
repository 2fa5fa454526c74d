//! The client: what users hold, clone and ask.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dingtalk_receipts_api as api;
use futures_core::Stream;

use crate::auth::{AccessToken, Auth, TokenInfo, Tokens};
use crate::builder::ClientBuilder;
use crate::call::{Answer, Call, Caller, Limits, RetryPolicy, Unreadable, misread, refused};
use crate::clock;
use crate::clock::Clock;
use crate::cursor::{Cursor, Message};
use crate::error::{Error, Redactor, Result};
use crate::fields;
use crate::many::ReadMany;
use crate::query::{Ask, ReadStatus};
use crate::receipts::{Page, readers};

/// Asks DingTalk who has read a message.
///
/// Cheap to clone; clones share connections, access tokens, quota and retry budget.
///
/// Calls need a tokio runtime with its I/O and its timers enabled; where there is none, they are errors that say so, and
/// `blocking` is for programs without one.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    /// Whose tokens this client uses: the credentials' own, or those of a corp.
    pub(crate) auth: Auth,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) api: api::Client,
    pub(crate) caller: Caller,
    pub(crate) tokens: Tokens,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
}

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Begins a question about the message that the send operation returned this process query key for.
    pub fn read_status(&self, process_query_key: impl Into<String>) -> ReadStatus {
        let message = Message {
            process_query_key: process_query_key.into(),
            conversation: None,
            robot: None,
        };
        ReadStatus::new(self.clone(), message)
    }

    /// Goes on where a run of pages stopped: at the [cursor of an error](Error::resume_cursor), or one that was kept.
    /// A message that was named by a webhook token needs [that token](ReadStatus::webhook_token) again.
    pub fn resume(&self, cursor: &Cursor) -> ReadStatus {
        ReadStatus::new(self.clone(), (*cursor.message).clone()).resume(cursor.clone())
    }

    /// A client that asks in the name of another corp, where the credentials have several: those of a
    /// [`ThirdPartyApp`](crate::ThirdPartyApp), a [`CorpApp`](crate::CorpApp), or a
    /// [`TokenProvider`](crate::TokenProvider) that says so.
    ///
    /// It shares this client's connections, quota and retry budget. Making one costs little and sends nothing; the
    /// tokens of up to 10,000 corps are remembered, of more those of the corps that were asked for last.
    ///
    /// # Errors
    ///
    /// The credentials are those of one corp, or the id cannot be a corp's.
    pub fn for_corp(&self, corp_id: impl AsRef<str>) -> Result<Self> {
        Ok(Self {
            auth: self.shared.tokens.for_corp(corp_id.as_ref())?,
            shared: Arc::clone(&self.shared),
        })
    }

    /// The access token that the next call would carry, whose it is and how long it lives. Gets one, if there is none.
    ///
    /// # Errors
    ///
    /// No token could be had: those of a call that fails for the same reason.
    pub async fn token_info(&self) -> Result<TokenInfo> {
        let clock = &self.shared.caller.clock;
        let deadline = clock::after(clock.now(), self.shared.limits.call);
        self.auth.info(deadline).await
    }

    /// Asks for the readers of many messages, several at a time, and gives each message's answer when it is complete.
    /// Each query goes through its own client, as a rule clones of this one.
    ///
    /// ```no_run
    /// # async fn run(client: dingtalk_receipts::Client, keys: Vec<String>) {
    /// let queries = keys.into_iter().map(|key| client.read_status(key).conversation("cid").robot("robot"));
    /// let mut answers = client.read_many_iter(queries.collect::<Vec<_>>());
    /// while let Some(answer) = answers.next().await {
    ///     match answer.result {
    ///         Ok(receipts) => println!("{}: {} readers", answer.process_query_key, receipts.readers.len()),
    ///         Err(error) => println!("{}: {error}", answer.process_query_key),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn read_many<'q>(
        &self,
        queries: impl Stream<Item = ReadStatus> + Send + 'q,
    ) -> ReadMany<'q> {
        ReadMany::new(Box::pin(queries))
    }

    /// The same for queries that are at hand.
    pub fn read_many_iter<'q, I>(&self, queries: I) -> ReadMany<'q>
    where
        I: IntoIterator<Item = ReadStatus, IntoIter: Send + Unpin + 'q>,
    {
        self.read_many(crate::many::FromIter(queries.into_iter()))
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.shared.caller.clock
    }

    pub(crate) fn defaults(&self) -> (Limits, RetryPolicy) {
        (self.shared.limits, self.shared.retry.clone())
    }

    /// The instant that is `limit` from now.
    pub(crate) fn deadline(&self, limit: Option<Duration>) -> Option<Instant> {
        limit.and_then(|limit| self.shared.caller.clock.now().checked_add(limit))
    }

    /// Asks for the page at `cursor`; if the caller wants to wait for a message that has no data yet, again and again.
    pub(crate) async fn page(
        &self,
        ask: &Ask,
        cursor: &Cursor,
        deadline: Option<Instant>,
    ) -> Result<Page> {
        let clock = &self.shared.caller.clock;
        let ready_until = self.deadline(ask.ready_within);
        let mut pause = Duration::from_secs(1);
        loop {
            let error = match self.page_once(ask, cursor, deadline).await {
                Ok(page) => return Ok(page),
                Err(error) => error.with(|details| details.cursor = Some(cursor.clone())),
            };
            let next = clock.now().checked_add(pause);
            let in_time =
                |until: Option<Instant>| next.zip(until).is_some_and(|(next, until)| next <= until);
            if !error.is_not_ready()
                || !in_time(ready_until)
                || (deadline.is_some() && !in_time(deadline))
            {
                return Err(error);
            }
            clock.sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(4));
        }
    }

    async fn page_once(
        &self,
        ask: &Ask,
        cursor: &Cursor,
        deadline: Option<Instant>,
    ) -> Result<Page> {
        let Shared { api, caller, .. } = &*self.shared;
        let body = ask.body(cursor)?;
        let call = Call {
            operation: &api::operations::QUERY_READ_STATUS,
            auth: Some(&self.auth),
            limits: ask.limits,
            retry: &ask.retry,
            deadline,
        };
        let build = |token: Option<&AccessToken>| {
            let token = token.ok_or_else(crate::auth::missing)?;
            ask.allowance
                .as_ref()
                .map_or(Ok(()), |allowance| allowance.take())?;
            api.query_read_status_request(token.secret(), &body)
                .map_err(|error| Error::argument("the request could not be made").caused_by(error))
        };
        let webhook = ask
            .webhook_token
            .as_ref()
            .map(api::Secret::expose)
            .unwrap_or_default();
        let read = |answer: &Answer, token: Option<&AccessToken>| {
            let token = token.map(AccessToken::expose).unwrap_or_default();
            let redactor = || {
                self.auth
                    .hide(Redactor::default().hide(token).hide(webhook))
            };
            let wall = || caller.clock.wall();
            if !(200..300).contains(&answer.status) {
                return Err(refused(answer, &redactor(), wall()));
            }
            read_page(answer).map_err(|why| misread(answer, why, &redactor(), wall()))
        };
        let (page, request_id) = caller
            .run(&call, build, |answer, token| {
                Ok((read(answer, token)?, answer.request_id().map(str::to_owned)))
            })
            .await?;
        let next = page.next_token.filter(|token| !token.is_empty());
        // What the last page has for a cursor is not documented: the flag decides, and without it the cursor.
        let has_more = page.has_more.unwrap_or(next.is_some());
        Ok(Page {
            send_status: page.send_status,
            readers: readers(page.read_user_ids, page.read_users),
            has_more,
            request_id,
            next: next.filter(|_| has_more).map(|next| Cursor {
                message: Arc::clone(&cursor.message),
                next: Some(next),
                pages: cursor.pages + 1,
            }),
            cursor: cursor.clone(),
        })
    }
}

/// Reads a page. Since a page promises no field at all, one that gives no reader is looked at twice: the page of a
/// banned address, or an error that came as a success, must not pass for an empty last page.
fn read_page(answer: &Answer) -> Result<api::types::ReadStatusPage, Unreadable> {
    let body = crate::error::without_byte_order_mark(&answer.body);
    // Looking once whether all of it is text costs an eighth of what it costs to look at each string in it.
    let page: serde_json::Result<api::types::ReadStatusPage> = match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(body),
    };
    let foreign = |why: &str| Err(Unreadable::Foreign(why.to_owned()));
    let is_object = body.trim_ascii_start().starts_with(b"{");
    match page {
        Ok(page) if is_object && page.send_status.is_some() && has_readers(&page) => Ok(page),
        Ok(page) if is_object => {
            let fields = crate::error::object(body).unwrap_or_default();
            let known = fields::of::<api::types::ReadStatusPage>();
            match crate::error::foreign(&fields, known, page.send_status.is_some()) {
                Some(why) => foreign(why),
                None => Ok(page),
            }
        }
        Err(_) if body.is_empty() => foreign("it is empty"),
        Err(error) if error.is_eof() => Err(Unreadable::CutOff),
        Err(error) if error.is_syntax() && body.starts_with(GZIP) => foreign(&format!(
            "it is still packed with gzip; its headers do not say so in the usual way ({error})"
        )),
        Err(error) if error.is_syntax() => foreign(&format!("it is not JSON ({error})")),
        Err(_) if is_object => foreign(&misfit(body)),
        Ok(_) | Err(_) => foreign("it is not a JSON object"),
    }
}

/// How each file of gzip begins.
const GZIP: &[u8] = b"\x1f\x8b";

fn has_readers(page: &api::types::ReadStatusPage) -> bool {
    page.read_users
        .as_ref()
        .is_some_and(|users| !users.is_empty())
        || page
            .read_user_ids
            .as_ref()
            .is_some_and(|ids| !ids.is_empty())
}

/// Where a body does not fit the contract: the path, not the value.
fn misfit(body: &[u8]) -> String {
    let mut json = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, api::types::ReadStatusPage>(&mut json) {
        Err(error) => {
            let place = format!(
                "line {} column {}",
                error.inner().line(),
                error.inner().column()
            );
            match error.path().iter().next() {
                Some(_) => format!("`{}` has the wrong type, at {place}", error.path()),
                // Of the object as a whole, only a field that comes twice can be wrong.
                None => error.inner().to_string(),
            }
        }
        Ok(_) => "it could not be read".to_owned(),
    }
}
