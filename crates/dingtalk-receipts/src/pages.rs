//! All pages of a message, as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};

use crate::cursor::Cursor;
use crate::error::Result;
use crate::pager::Pager;
use crate::receipts::Page;

/// The pages of one message, from [`ReadStatus::pages`](crate::ReadStatus::pages).
///
/// Lazy: nothing is asked for before it is polled, and nothing more after it is dropped. Cancel-safe: a `next` that
/// is dropped goes on where it was. Fused: after the last page, a limit or an error it ends for good. The error says
/// from where a new run [can go on](crate::Error::resume_cursor).
#[must_use = "a stream does nothing unless polled"]
pub struct Pages {
    pager: Pager<Page>,
    readers: u64,
    max_readers: u64,
    prefetch: bool,
}

impl Pages {
    pub(crate) fn new(pager: Pager<Page>, max_readers: Option<u64>, prefetch: bool) -> Self {
        Self {
            pager,
            readers: 0,
            max_readers: max_readers.unwrap_or(u64::MAX),
            prefetch,
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
        self.pager.pages()
    }

    /// Whether the last page was given.
    pub fn is_complete(&self) -> bool {
        self.pager.is_complete()
    }

    /// Where a new stream would go on: the page that comes next, is under way, or failed. `None` once the last page
    /// was given.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.pager.place()
    }
}

impl Stream for Pages {
    type Item = Result<Page>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.readers >= this.max_readers {
            this.pager.stop();
        }
        let page = ready!(this.pager.poll_page(context));
        if let Some(Ok(page)) = &page {
            this.readers = this.readers.saturating_add(page.readers.len() as u64);
            if this.prefetch && this.readers < this.max_readers {
                this.pager.begin();
            }
        }
        Poll::Ready(page)
    }
}

impl FusedStream for Pages {
    fn is_terminated(&self) -> bool {
        self.pager.is_done()
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("pages", &self.pages_done())
            .field("cursor", &self.cursor())
            .finish_non_exhaustive()
    }
}
