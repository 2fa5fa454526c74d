//! All readers of a message, as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};

use crate::client::Client;
use crate::cursor::Cursor;
use crate::dedup::Seen;
use crate::error::Result;
use crate::pages::Pages;
use crate::query::Ask;
use crate::receipts::{Reader, SendStatus};

/// The readers of one message, from [`ReadStatus::readers`](crate::ReadStatus::readers).
///
/// Lazy, cancel-safe and fused like [`Pages`]. Readers that an earlier page had are left out, unless
/// [`deduplicate`](crate::ReadStatus::deduplicate) says otherwise.
#[must_use = "a stream does nothing unless polled"]
pub struct Readers {
    pages: Pages,
    here: std::vec::IntoIter<Reader>,
    /// The page that `here` came from.
    cursor: Option<Cursor>,
    send_status: Option<SendStatus>,
    seen: Seen,
    given: u64,
    ended: bool,
}

impl Readers {
    pub(crate) fn new(client: Client, ask: Ask) -> Self {
        Self {
            pages: Pages::new(client, ask),
            here: Vec::new().into_iter(),
            cursor: None,
            send_status: None,
            seen: Seen::default(),
            given: 0,
            ended: false,
        }
    }

    /// Treats these readers as seen: a run that goes on from a cursor may get a page again, and readers that the
    /// caller has are then left out.
    pub fn already_seen<'a>(mut self, readers: impl IntoIterator<Item = &'a Reader>) -> Self {
        for reader in readers {
            self.seen.insert(reader.id());
        }
        self
    }

    /// The next reader; `None` after the last. Cancel-safe.
    pub async fn next(&mut self) -> Option<Result<Reader>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next reader; `Ok(None)` after the last. Cancel-safe.
    ///
    /// # Errors
    ///
    /// As of [`Pages::try_next`]. All readers of the pages before were given.
    pub async fn try_next(&mut self) -> Result<Option<Reader>> {
        self.next().await.transpose()
    }

    /// What became of the message, as the newest page that says so has it.
    pub fn send_status(&self) -> Option<&SendStatus> {
        self.send_status.as_ref()
    }

    /// How many pages were received.
    pub fn pages_done(&self) -> u64 {
        self.pages.pages_done()
    }

    /// Whether every reader was given, rather than a limit reached.
    pub fn is_complete(&self) -> bool {
        self.pages.is_complete() && self.here.len() == 0
    }

    /// Where a new stream would go on without leaving a reader out: the page whose readers are being given, and once
    /// they all are, the page after it.
    pub fn cursor(&self) -> Option<&Cursor> {
        if self.here.len() > 0 {
            self.cursor.as_ref()
        } else {
            self.pages.cursor()
        }
    }

    fn next_here(&mut self) -> Option<Reader> {
        let deduplicate = self.pages.ask().deduplicate;
        let seen = &mut self.seen;
        self.here
            .by_ref()
            .find(|reader| !deduplicate || seen.insert(reader.id()))
    }
}

impl Stream for Readers {
    type Item = Result<Reader>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.ended {
            return Poll::Ready(None);
        }
        let most = this.pages.ask().max_readers.unwrap_or(u64::MAX);
        while this.given < most {
            if let Some(reader) = this.next_here() {
                this.given += 1;
                return Poll::Ready(Some(Ok(reader)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    if page.send_status.is_some() {
                        this.send_status = page.send_status;
                    }
                    this.here = page.readers.into_iter();
                    this.cursor = Some(page.cursor);
                }
                Some(Err(error)) => {
                    this.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => break,
            }
        }
        this.ended = true;
        Poll::Ready(None)
    }
}

impl FusedStream for Readers {
    fn is_terminated(&self) -> bool {
        self.ended
    }
}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readers")
            .field("given", &self.given)
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
