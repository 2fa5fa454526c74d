//! The request builder: which message, how large the pages, and within which limits.

use std::sync::Arc;
use std::time::Duration;

use dingtalk_receipts_api::Secret;

use crate::client::Client;
use crate::cursor::{Cursor, Message};
use crate::error::Result;
use crate::executor::RetryPolicy;
use crate::expected::{Checklist, Expected};
use crate::pages::Pages;
use crate::read_status::{ReadStatusRequest, page, pager};
use crate::readers::{Readers, ReadersOptions};
use crate::receipts::{Page, Receipts};
use crate::task::Task;
use crate::watch::Watch;

impl Client {
    /// Begins a question about the message that the send operation returned this process query key for.
    pub fn read_status(&self, process_query_key: impl Into<String>) -> ReadStatus {
        let message = Message {
            process_query_key: process_query_key.into(),
            conversation: None,
            robot: None,
        };
        ReadStatus::new(self.clone(), message)
    }

    /// Goes on where a run of pages stopped: at the [cursor of an error](crate::Error::resume_cursor), or one that was
    /// kept. A message that was named by a webhook token needs [that token](ReadStatus::webhook_token) again.
    pub fn resume(&self, cursor: &Cursor) -> ReadStatus {
        ReadStatus::new(self.clone(), (*cursor.message).clone()).resume(cursor.clone())
    }
}

/// A question about one message, as [`Client::read_status`] begins it.
///
/// Name the message by [`conversation`](Self::conversation) and [`robot`](Self::robot), or by
/// [`webhook_token`](Self::webhook_token); then [`send`](Self::send) asks for one page, [`pages`](Self::pages) and
/// [`readers`](Self::readers) for all of them as they come, and [`collect`](Self::collect) for everything at once.
/// What is wrong with the arguments is an error before anything is sent.
#[derive(Debug, Clone)]
#[must_use = "a query asks nothing until it is sent"]
pub struct ReadStatus {
    pub(crate) client: Client,
    pub(crate) request: ReadStatusRequest,
}

impl ReadStatus {
    pub(crate) fn new(client: Client, message: Message) -> Self {
        let (limits, retry) = client.defaults();
        let request = ReadStatusRequest::new(message, limits, retry);
        Self { client, request }
    }

    /// The group that the message was sent to, by its open conversation id.
    pub fn conversation(mut self, open_conversation_id: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.request.message).conversation = Some(open_conversation_id.into());
        self
    }

    /// The robot that sent the message, by its robot code: for an app's robot, the app key.
    pub fn robot(mut self, robot_code: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.request.message).robot = Some(robot_code.into());
        self
    }

    /// The access token in the address of a webhook robot, instead of a conversation. A secret.
    pub fn webhook_token(mut self, token: impl Into<String>) -> Self {
        self.request.webhook_token = Some(Secret::from(token.into()));
        self
    }

    /// How many readers a page may have, from 1 to 200. Defaults to 200, because each page is a metered call.
    pub fn max_results(mut self, readers: u32) -> Self {
        self.request.max_results = readers;
        self
    }

    /// Goes on at `cursor`, which must be of this message.
    pub fn resume(mut self, cursor: Cursor) -> Self {
        self.request.start = Some(cursor);
        self
    }

    /// Gives up a run of pages after this time, counted from the first page.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.request.deadline = Some(limit);
        self
    }

    /// The time limit of one attempt, instead of the client's.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.request.limits.attempt = limit;
        self
    }

    /// The time limit of one page with all its attempts, instead of the client's.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.request.limits.call = limit;
        self
    }

    /// When a page is asked for again, instead of the client's policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.request.retry = policy;
        self
    }

    /// If the message has no read data yet, asks again for up to `limit`, after one second, then two, then every
    /// four. Just after sending, DingTalk answers so; a day later the same answer means that the data is gone.
    pub fn wait_until_ready(mut self, limit: Duration) -> Self {
        self.request.ready_within = Some(limit);
        self
    }

    /// Asks for this many pages at most.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.request.max_pages = Some(pages);
        self
    }

    /// Gives this many readers at most, and asks for no page beyond.
    pub fn max_readers(mut self, readers: u64) -> Self {
        self.request.max_readers = Some(readers);
        self
    }

    /// Whether a reader whom an earlier page had is left out. Defaults to on. People go on reading while pages are
    /// asked for, and nothing says that they stay on their page.
    pub fn deduplicate(mut self, on: bool) -> Self {
        self.request.deduplicate = on;
        self
    }

    /// Whether the next page is asked for while the readers of this one are being handled. Defaults to off. Each page
    /// is a metered call, and the last one that was asked for may then be for nothing. Never more than one page ahead,
    /// and never beyond [`max_pages`](Self::max_pages) or [`max_readers`](Self::max_readers).
    pub fn prefetch(mut self, on: bool) -> Self {
        self.request.prefetch = on;
        self
    }

    /// Whether a run that goes on from a cursor begins again at the first page, once, if DingTalk no longer accepts the
    /// cursor (`invalidParameter.cursor.invalid`). Defaults to off. That is the documented way, and costs the calls
    /// once more. [`readers`](Self::readers) leaves out who was given or [named as
    /// seen](crate::Readers::already_seen); [`pages`](Self::pages) gives them again.
    pub fn restart_on_invalid_cursor(mut self, on: bool) -> Self {
        self.request.restart_on_invalid_cursor = on;
        self
    }

    /// Whether a page that says more readers follow, but not where, ends the run as a limit would. Defaults to off:
    /// it is an error then, since readers may be missing.
    pub fn missing_cursor_ends(mut self, on: bool) -> Self {
        self.request.missing_cursor_ends = on;
        self
    }

    /// Asks for one page: the first, or the one that [`resume`](Self::resume) named.
    ///
    /// # Errors
    ///
    /// The arguments are wrong, or the call failed.
    pub async fn send(self) -> Result<Page> {
        let Self { client, request } = self;
        let (start, deadline) = (request.check()?, client.deadline(request.deadline));
        Task::start(async move { page(&client, &request, &start, deadline).await }).await
    }

    /// All pages, one at a time, as a stream that asks for a page when it is polled for it.
    pub fn pages(self) -> Pages {
        let (max_readers, prefetch) = (self.request.max_readers, self.request.prefetch);
        Pages::new(pager(self.client, self.request), max_readers, prefetch)
    }

    /// All readers, one at a time, as a stream that asks for a page when the one before is used up.
    pub fn readers(self) -> Readers {
        let options = ReadersOptions {
            max_readers: self.request.max_readers,
            deduplicate: self.request.deduplicate,
            prefetch: self.request.prefetch,
        };
        Readers::new(pager(self.client, self.request), options)
    }

    /// All readers at once.
    ///
    /// # Errors
    ///
    /// A page failed. The readers of the pages before it are in [`Error::partial`](crate::Error::partial).
    pub async fn collect(self) -> Result<Receipts> {
        let mut readers = self.readers();
        let mut receipts = Receipts::default();
        let failure = loop {
            match readers.next_of_a_page().await {
                Ok(Some(page)) => receipts.readers.extend(page),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        receipts.send_status = readers.send_status().cloned();
        receipts.pages = readers.pages_done();
        receipts.complete = readers.is_complete();
        receipts.cursor = readers.cursor().cloned();
        match failure {
            None => Ok(receipts),
            Some(error) => Err(error.with(|details| details.partial = Some(receipts))),
        }
    }

    /// Compares the readers with these people: who has read the message, and who has not. They are named by user id, or
    /// from outside the corp by union id. No page is fetched after all of them were met.
    ///
    /// # Errors
    ///
    /// A page failed. Those of them whom the pages before it had are in [`Error::partial`](crate::Error::partial).
    pub async fn expect(
        self,
        people: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Expected> {
        let mut checklist = Checklist::new(people);
        // Ticking off twice does no harm, and a set of everybody who came would only cost memory.
        let mut readers = self.deduplicate(false).readers();
        let mut met = Vec::new();
        while !checklist.is_complete() {
            match readers.try_next().await {
                Ok(Some(reader)) => {
                    if checklist.meet(&reader) {
                        met.push(reader);
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    let partial = Receipts {
                        send_status: readers.send_status().cloned(),
                        readers: met,
                        pages: readers.pages_done(),
                        complete: false,
                        cursor: readers.cursor().cloned(),
                    };
                    return Err(error.with(|details| details.partial = Some(partial)));
                }
            }
        }
        let complete = checklist.is_complete() || readers.is_complete();
        Ok(Expected {
            complete,
            send_status: readers.send_status().cloned(),
            pages: readers.pages_done(),
            cursor: readers.cursor().filter(|_| !complete).cloned(),
            ..checklist.expected()
        })
    }

    /// Polls the message, and gives what is new: a reader, a change of the send status, the end.
    /// There are at least `interval` between the end of a poll and the next, more when nothing changes.
    pub fn watch(self, interval: Duration) -> Watch {
        Watch::new(self.client, self.request, interval)
    }
}
