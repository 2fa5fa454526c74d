//! Pagination state machine: decides the next page, the end of the run, and protocol violations.
//!
//! One page after the other is fetched, each at the cursor that the one before gave. A page may be empty in the
//! middle; `hasMore` decides over the cursor; a cursor that came before, or none where more items follow, is an
//! error that comes after its page. Where the run stands is known at any time, also after a failure.
//!
//! The pager knows neither the client nor what is on the pages: it is given a function from a cursor to the future of
//! a page.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::dedup::FingerprintSet;
use crate::error::{Error, Kind, Result, Sent};
use crate::task::Task;

/// So many empty pages, one after the other, are no list any more. Each is a metered call.
const MAX_EMPTY_PAGES: u32 = 1_000;

/// A page, as far as the pager knows it.
pub(crate) trait Paged: Sized + Send + 'static {
    type Cursor: Place;

    /// Where this page is.
    fn cursor(&self) -> &Self::Cursor;

    /// Where the next page is.
    fn next(&self) -> Option<&Self::Cursor>;

    /// Whether more pages follow.
    fn has_more(&self) -> bool;

    /// Whether there is no item on it.
    fn is_empty(&self) -> bool;

    /// The server's id of the call.
    fn request_id(&self) -> Option<&str>;
}

/// A place in a run of pages.
pub(crate) trait Place: Clone {
    /// The server's own cursor; `None` is the first page.
    fn token(&self) -> Option<&str>;

    /// The first page of the same run.
    fn first(&self) -> Self;

    /// Notes in `error`, if it does not say so yet, that a run can go on here.
    fn attach(&self, error: Error) -> Error;
}

/// What a run does about its limits and about cursors.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PagerOptions {
    pub(crate) max_pages: Option<u64>,
    /// A cursor that the server no longer accepts begins the run again, once.
    pub(crate) restart_on_invalid_cursor: bool,
    /// A page that says more follow, but not where, ends the run as a limit would.
    pub(crate) missing_cursor_ends: bool,
}

type Fetch<P> = Box<dyn FnMut(&<P as Paged>::Cursor) -> Task<P> + Send>;

/// A run of pages.
pub(crate) struct Pager<P: Paged> {
    fetch: Fetch<P>,
    options: PagerOptions,
    state: PageState<P>,
    /// The page that comes next, is under way or failed. `None` once the last page was given.
    place: Option<P::Cursor>,
    cursors: FingerprintSet,
    pages: u64,
    empty_in_a_row: u32,
    restarted: bool,
    complete: bool,
}

enum PageState<P> {
    /// The page at `place` can be fetched.
    Waiting,
    Fetching(Task<P>),
    /// The page that showed the error was given; the error is next.
    Failed(Error),
    Done,
}

impl<P: Paged> Pager<P> {
    /// A run that begins at `start`, or is nothing but the error of that.
    pub(crate) fn new(
        start: Result<P::Cursor>,
        options: PagerOptions,
        fetch: impl FnMut(&P::Cursor) -> Task<P> + Send + 'static,
    ) -> Self {
        let (state, place) = match start {
            Ok(cursor) => (PageState::Waiting, Some(cursor)),
            Err(error) => (PageState::Failed(error), None),
        };
        Self {
            fetch: Box::new(fetch),
            options,
            state,
            place,
            cursors: FingerprintSet::default(),
            pages: 0,
            empty_in_a_row: 0,
            restarted: false,
            complete: false,
        }
    }

    pub(crate) fn pages(&self) -> u64 {
        self.pages
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.complete
    }

    pub(crate) fn place(&self) -> Option<&P::Cursor> {
        self.place.as_ref()
    }

    pub(crate) fn is_done(&self) -> bool {
        matches!(self.state, PageState::Done)
    }

    /// Fetches no further page.
    pub(crate) fn stop(&mut self) {
        self.state = PageState::Done;
    }

    /// Begins to fetch the next page now, if there is one and the limit of pages allows it.
    pub(crate) fn begin(&mut self) {
        if !matches!(self.state, PageState::Waiting) {
            return;
        }
        let max_pages = self.options.max_pages.unwrap_or(u64::MAX);
        self.state = match &self.place {
            Some(place) if self.pages < max_pages => PageState::Fetching((self.fetch)(place)),
            _ => PageState::Done,
        };
    }

    /// The next page, as of [`Stream::poll_next`](futures_core::Stream::poll_next).
    pub(crate) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P>>> {
        loop {
            match &mut self.state {
                PageState::Waiting => self.begin(),
                PageState::Fetching(task) => {
                    let result = match ready!(Pin::new(task).poll(context)) {
                        Err(error) if self.may_restart(&error) => {
                            self.restart();
                            continue;
                        }
                        Err(error) => {
                            self.stop();
                            Err(self.attach_place(error))
                        }
                        Ok(page) => {
                            self.follow(&page);
                            Ok(page)
                        }
                    };
                    return Poll::Ready(Some(result));
                }
                PageState::Failed(_) => {
                    let PageState::Failed(error) =
                        std::mem::replace(&mut self.state, PageState::Done)
                    else {
                        continue;
                    };
                    return Poll::Ready(Some(Err(error)));
                }
                PageState::Done => return Poll::Ready(None),
            }
        }
    }

    /// Decides what follows on `page`.
    fn follow(&mut self, page: &P) {
        self.pages += 1;
        if !page.has_more() {
            self.complete = true;
            self.place = None;
            return self.stop();
        }
        let Some(next) = page.next().cloned() else {
            if self.options.missing_cursor_ends {
                return self.stop();
            }
            let text =
                "DingTalk says that more readers follow, but not where: the page has no cursor";
            return self.fail(page, text);
        };
        if let Some(here) = page.cursor().token() {
            self.cursors.insert(here);
        }
        if next.token().is_some_and(|text| !self.cursors.insert(text)) {
            return self.fail(
                page,
                "DingTalk's pages go in a circle: this page's cursor came before",
            );
        }
        self.empty_in_a_row = if page.is_empty() {
            self.empty_in_a_row + 1
        } else {
            0
        };
        self.place = Some(next);
        if self.empty_in_a_row >= MAX_EMPTY_PAGES {
            return self.fail(
                page,
                "DingTalk's pages lead nowhere: too many in a row have no reader",
            );
        }
        self.state = PageState::Waiting;
    }

    /// The next thing that comes is an error about `page`. A run may go on at `place`.
    fn fail(&mut self, page: &P, text: &str) {
        let error = Error::new(Kind::Protocol, text).with(|details| {
            details.sent = Sent::Yes;
            details.status = Some(200);
            details.request_id = page.request_id().map(str::to_owned);
            details.attempts = 1;
        });
        self.state = PageState::Failed(self.attach_place(error));
    }

    fn attach_place(&self, error: Error) -> Error {
        match &self.place {
            Some(place) => place.attach(error),
            None => error,
        }
    }

    fn may_restart(&self, error: &Error) -> bool {
        self.options.restart_on_invalid_cursor
            && !self.restarted
            && error.is_invalid_cursor()
            && self
                .place
                .as_ref()
                .is_some_and(|place| place.token().is_some())
    }

    fn restart(&mut self) {
        self.restarted = true;
        self.cursors = FingerprintSet::default();
        self.empty_in_a_row = 0;
        self.place = self.place.as_ref().map(Place::first);
        self.state = PageState::Waiting;
    }
}
