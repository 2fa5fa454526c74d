//! The law of the pages: which page is next, when there is none, and when that cannot be.
//!
//! One page after the other is asked for, each at the cursor that the one before gave. A page may be empty in the
//! middle; `hasMore` decides over the cursor; a cursor that came before, or none where more readers follow, is an
//! error that comes after its page. Where the run stands is known at any time, also after a failure.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use crate::client::Client;
use crate::cursor::Cursor;
use crate::dedup::Seen;
use crate::error::{Error, Kind, Result, Sent};
use crate::query::Ask;
use crate::receipts::Page;
use crate::task::Task;

/// So many pages without a reader, one after the other, are no list of readers any more. Each is a metered call.
const EMPTY_PAGES_AT_MOST: u32 = 1_000;

/// A run of pages.
pub(crate) struct Pager {
    client: Client,
    ask: Arc<Ask>,
    state: State,
    /// The page that comes next, is under way or failed. `None` once the last page was given.
    place: Option<Cursor>,
    deadline: Option<Instant>,
    cursors: Seen,
    pages: u64,
    empty_in_a_row: u32,
    restarted: bool,
    complete: bool,
}

enum State {
    /// Nothing was asked for yet.
    New,
    /// The page at `place` can be asked for.
    Waiting,
    Fetching(Task<Page>),
    /// The page that showed the error was given; the error is next.
    Failed(Error),
    Done,
}

impl Pager {
    pub(crate) fn new(client: Client, ask: Ask) -> Self {
        let (state, place) = match ask.check() {
            Ok(cursor) => (State::New, Some(cursor)),
            Err(error) => (State::Failed(error), None),
        };
        Self {
            client,
            ask: Arc::new(ask),
            state,
            place,
            deadline: None,
            cursors: Seen::default(),
            pages: 0,
            empty_in_a_row: 0,
            restarted: false,
            complete: false,
        }
    }

    pub(crate) fn ask(&self) -> &Ask {
        &self.ask
    }

    pub(crate) fn pages(&self) -> u64 {
        self.pages
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.complete
    }

    pub(crate) fn place(&self) -> Option<&Cursor> {
        self.place.as_ref()
    }

    pub(crate) fn is_done(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// Asks for no further page.
    pub(crate) fn stop(&mut self) {
        self.state = State::Done;
    }

    /// Asks for the next page now, if there is one and the limit of pages allows it.
    pub(crate) fn begin(&mut self) {
        match self.state {
            State::New => self.deadline = self.client.deadline(self.ask.deadline),
            State::Waiting => {}
            _ => return,
        }
        let Some(place) = self.place.clone() else {
            return self.stop();
        };
        if self.ask.max_pages.is_some_and(|most| self.pages >= most) {
            return self.stop();
        }
        let (client, ask, deadline) = (self.client.clone(), Arc::clone(&self.ask), self.deadline);
        let call = async move { client.page(&ask, &place, deadline).await };
        self.state = State::Fetching(Task::start(call));
    }

    /// The next page, as of [`Stream::poll_next`](futures_core::Stream::poll_next).
    pub(crate) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page>>> {
        loop {
            match &mut self.state {
                State::New | State::Waiting => self.begin(),
                State::Fetching(task) => {
                    let result = match ready!(Pin::new(task).poll(context)) {
                        Err(error) if self.may_restart(&error) => {
                            self.restart();
                            continue;
                        }
                        Err(error) => Err(self.failed(error)),
                        Ok(page) => {
                            self.after(&page);
                            Ok(page)
                        }
                    };
                    return Poll::Ready(Some(result));
                }
                State::Failed(_) => {
                    let State::Failed(error) = std::mem::replace(&mut self.state, State::Done)
                    else {
                        continue;
                    };
                    return Poll::Ready(Some(Err(error)));
                }
                State::Done => return Poll::Ready(None),
            }
        }
    }

    /// Finds out what follows on `page`.
    fn after(&mut self, page: &Page) {
        self.pages += 1;
        if !page.has_more {
            self.complete = true;
            self.place = None;
            return self.stop();
        }
        let Some(next) = page.next.clone() else {
            if self.ask.missing_cursor_ends {
                return self.stop();
            }
            let text =
                "DingTalk says that more readers follow, but not where: the page has no cursor";
            return self.fail(page, text);
        };
        if let Some(here) = &page.cursor.next {
            self.cursors.insert(here);
        }
        if next
            .next
            .as_ref()
            .is_some_and(|text| !self.cursors.insert(text))
        {
            return self.fail(
                page,
                "DingTalk's pages go in a circle: this page's cursor came before",
            );
        }
        self.empty_in_a_row = if page.readers.is_empty() {
            self.empty_in_a_row + 1
        } else {
            0
        };
        self.place = Some(next);
        if self.empty_in_a_row >= EMPTY_PAGES_AT_MOST {
            return self.fail(
                page,
                "DingTalk's pages lead nowhere: too many in a row have no reader",
            );
        }
        self.state = State::Waiting;
    }

    /// The next thing that comes is an error about `page`. A run may go on at `place`.
    fn fail(&mut self, page: &Page, text: &str) {
        self.state = State::Failed(Error::new(Kind::Protocol, text).with(|details| {
            details.sent = Sent::Yes;
            details.status = Some(200);
            details.request_id = page.request_id.clone();
            details.attempts = 1;
            details.cursor = self.place.clone();
        }));
    }

    /// A page failed: nothing follows, and a run may go on at its place.
    fn failed(&mut self, error: Error) -> Error {
        self.stop();
        error.with(|details| details.cursor = details.cursor.take().or_else(|| self.place.clone()))
    }

    fn may_restart(&self, error: &Error) -> bool {
        self.ask.restart_on_invalid_cursor
            && !self.restarted
            && error.is_invalid_cursor()
            && self
                .place
                .as_ref()
                .is_some_and(|place| place.next.is_some())
    }

    fn restart(&mut self) {
        self.restarted = true;
        self.cursors = Seen::default();
        self.empty_in_a_row = 0;
        self.place = self.place.as_ref().map(Cursor::from_first_page);
        self.state = State::Waiting;
    }
}
