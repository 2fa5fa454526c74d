//! All pages of a message, as a stream.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use futures_core::{FusedStream, Stream};

use crate::client::Client;
use crate::cursor::Cursor;
use crate::dedup::Seen;
use crate::error::{Error, Kind, Result, Sent};
use crate::query::Ask;
use crate::receipts::Page;

type Fetch = Pin<Box<dyn Future<Output = Result<Page>> + Send>>;

/// The pages of one message, from [`ReadStatus::pages`](crate::ReadStatus::pages).
///
/// Lazy: nothing is asked for before it is polled, and nothing more after it is dropped. Cancel-safe: a `next` that
/// is dropped goes on where it was. Fused: after the last page, a limit or an error it ends for good. The error says
/// from where a new run [can go on](Error::resume_cursor).
#[must_use = "a stream does nothing unless polled"]
pub struct Pages {
    client: Client,
    ask: Arc<Ask>,
    state: State,
    deadline: Option<Instant>,
    cursors: Seen,
    pages: u64,
    complete: bool,
}

enum State {
    /// Nothing was asked for yet.
    New,
    /// The next page is at this cursor.
    At(Cursor),
    /// The page at this cursor is under way.
    Fetching(Cursor, Fetch),
    /// The page that showed the error was delivered; the error is next.
    Failed(Error),
    Done,
}

impl Pages {
    pub(crate) fn new(client: Client, ask: Ask) -> Self {
        Self {
            client,
            ask: Arc::new(ask),
            state: State::New,
            deadline: None,
            cursors: Seen::default(),
            pages: 0,
            complete: false,
        }
    }

    /// The next page; `None` after the last. Cancel-safe.
    pub async fn next(&mut self) -> Option<Result<Page>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next page; `Ok(None)` after the last. Cancel-safe.
    ///
    /// # Errors
    ///
    /// The arguments are wrong, a call failed, or DingTalk's pages do not lead to an end.
    pub async fn try_next(&mut self) -> Result<Option<Page>> {
        self.next().await.transpose()
    }

    /// How many pages this stream has given.
    pub fn pages_done(&self) -> u64 {
        self.pages
    }

    /// Whether the last page was given.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Where a new stream would go on: the page that comes next or is under way. `None` before the first poll and
    /// after the end.
    pub fn cursor(&self) -> Option<&Cursor> {
        match &self.state {
            State::At(cursor) | State::Fetching(cursor, _) => Some(cursor),
            _ => None,
        }
    }

    pub(crate) fn ask(&self) -> &Ask {
        &self.ask
    }

    /// What follows on `page`, which was asked for at `cursor`.
    fn after(&mut self, cursor: &Cursor, page: &Page) -> State {
        if !page.has_more {
            self.complete = true;
            return State::Done;
        }
        let broken = |text: &str| {
            State::Failed(Error::new(Kind::Protocol, text).with(|details| {
                details.sent = Sent::Yes;
                details.status = Some(200);
                details.request_id = page.request_id.clone();
                details.attempts = 1;
            }))
        };
        let Some(next) = &page.next else {
            return broken(
                "DingTalk says that more readers follow, but not where: the page has no cursor",
            );
        };
        if let Some(here) = &cursor.next {
            self.cursors.insert(here);
        }
        if next
            .next
            .as_ref()
            .is_some_and(|text| !self.cursors.insert(text))
        {
            return broken("DingTalk's pages go in a circle: this page's cursor came before");
        }
        if self.ask.max_pages.is_some_and(|most| self.pages >= most) {
            return State::Done;
        }
        State::At(next.clone())
    }
}

impl Stream for Pages {
    type Item = Result<Page>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match std::mem::replace(&mut this.state, State::Done) {
                State::New => match this.ask.check() {
                    Ok(_) if this.ask.max_pages == Some(0) => return Poll::Ready(None),
                    Ok(cursor) => {
                        this.deadline = this.client.deadline(this.ask.deadline);
                        this.state = State::At(cursor);
                    }
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                State::At(cursor) => {
                    let (client, ask, deadline) =
                        (this.client.clone(), Arc::clone(&this.ask), this.deadline);
                    let place = cursor.clone();
                    let fetch = async move { client.page(&ask, &place, deadline).await };
                    this.state = State::Fetching(cursor, Box::pin(fetch));
                }
                State::Fetching(cursor, mut fetch) => {
                    let Poll::Ready(result) = fetch.as_mut().poll(context) else {
                        this.state = State::Fetching(cursor, fetch);
                        return Poll::Pending;
                    };
                    if let Ok(page) = &result {
                        this.pages += 1;
                        this.state = this.after(&cursor, page);
                    }
                    return Poll::Ready(Some(result));
                }
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

impl FusedStream for Pages {
    fn is_terminated(&self) -> bool {
        matches!(self.state, State::Done)
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("pages", &self.pages)
            .field("cursor", &self.cursor())
            .finish_non_exhaustive()
    }
}
