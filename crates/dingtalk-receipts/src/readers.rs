//! All readers of a message, as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};

use crate::cursor::Cursor;
use crate::dedup::FingerprintSet;
use crate::error::Result;
use crate::pager::Pager;
use crate::receipts::{Page, Reader, SendStatus};

/// The readers of one message, from [`ReadStatus::readers`](crate::ReadStatus::readers).
///
/// Lazy, cancel-safe and fused like [`Pages`](crate::Pages). Readers that an earlier page had, by either id, are left
/// out, unless [`deduplicate`](crate::ReadStatus::deduplicate) says otherwise; remembering them takes at most 64
/// bytes a reader, and without it a run of any length takes the memory of a page.
#[must_use = "a stream does nothing unless polled"]
pub struct Readers {
    pager: Pager<Page>,
    here: std::vec::IntoIter<Reader>,
    /// The page that `here` came from.
    cursor: Option<Cursor>,
    send_status: Option<SendStatus>,
    seen: FingerprintSet,
    /// How many may still be given.
    left: u64,
    deduplicate: bool,
    prefetch: bool,
    ended: bool,
}

/// What a stream of readers does beside its pager.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReadersOptions {
    pub(crate) max_readers: Option<u64>,
    pub(crate) deduplicate: bool,
    pub(crate) prefetch: bool,
}

impl Readers {
    pub(crate) fn new(pager: Pager<Page>, options: ReadersOptions) -> Self {
        Self {
            here: Vec::new().into_iter(),
            cursor: None,
            send_status: None,
            seen: FingerprintSet::default(),
            left: options.max_readers.unwrap_or(u64::MAX),
            deduplicate: options.deduplicate,
            prefetch: options.prefetch,
            ended: false,
            pager,
        }
    }

    /// Treats these readers as seen: a run that goes on from a cursor may get a page again, and readers that the
    /// caller has are then left out.
    pub fn already_seen<'a>(mut self, readers: impl IntoIterator<Item = &'a Reader>) -> Self {
        for reader in readers {
            self.seen.insert_reader(reader);
        }
        self
    }

    /// The next reader; `None` after the last. Cancel-safe.
    pub async fn next(&mut self) -> Option<Result<Reader>> {
        match self.at_hand() {
            Some(reader) => Some(Ok(reader)),
            None => poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await,
        }
    }

    /// The next reader; `Ok(None)` after the last. Cancel-safe.
    ///
    /// # Errors
    ///
    /// As of [`Pages::try_next`](crate::Pages::try_next). All readers of the pages before were given.
    pub async fn try_next(&mut self) -> Result<Option<Reader>> {
        match self.at_hand() {
            Some(reader) => Ok(Some(reader)),
            None => self.next().await.transpose(),
        }
    }

    /// What became of the message, as the newest page that says so has it.
    pub fn send_status(&self) -> Option<&SendStatus> {
        self.send_status.as_ref()
    }

    /// How many pages were received.
    pub fn pages_done(&self) -> u64 {
        self.pager.pages()
    }

    /// Whether every reader was given, rather than a limit reached.
    pub fn is_complete(&self) -> bool {
        self.pager.is_complete() && self.here.len() == 0
    }

    /// Where a new stream would go on without leaving a reader out: the page whose readers are being given, and once
    /// they all are, the page after it. `None` once every reader was given.
    pub fn cursor(&self) -> Option<&Cursor> {
        if self.here.len() > 0 {
            self.cursor.as_ref()
        } else {
            self.pager.place()
        }
    }

    /// The readers that are left of the page at hand, or all of the next page that has any; `Ok(None)` after the last.
    pub(crate) async fn next_of_a_page(&mut self) -> Result<Option<impl Iterator<Item = Reader>>> {
        let more = poll_fn(|context| self.poll_here(context)).await;
        let Some(()) = more.transpose()? else {
            return Ok(None);
        };
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        self.left -= self.here.len().min(most) as u64;
        Ok(Some(self.here.by_ref().take(most)))
    }

    /// The next reader of the page at hand. Most polls come here and no further.
    #[inline]
    fn at_hand(&mut self) -> Option<Reader> {
        self.left = self.left.checked_sub(u64::from(self.here.len() > 0))?;
        self.here.next()
    }

    /// Ready with `Some(Ok(()))` when there is a reader at hand who may be given.
    fn poll_here(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<()>>> {
        while !self.ended && self.left > 0 {
            if self.here.len() > 0 {
                return Poll::Ready(Some(Ok(())));
            }
            match ready!(self.pager.poll_page(context)) {
                Some(Ok(page)) => self.take(page),
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => self.ended = true,
            }
        }
        self.ended = true;
        self.pager.stop();
        Poll::Ready(None)
    }

    fn take(&mut self, mut page: Page) {
        if self.deduplicate {
            page.readers
                .retain(|reader| self.seen.insert_reader(reader));
        }
        if page.send_status.is_some() {
            self.send_status = page.send_status;
        }
        if self.prefetch && (page.readers.len() as u64) < self.left {
            self.pager.begin();
        }
        self.here = page.readers.into_iter();
        self.cursor = Some(page.cursor);
    }
}

impl Stream for Readers {
    type Item = Result<Reader>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        Poll::Ready(match ready!(this.poll_here(context)) {
            Some(Ok(())) => this.at_hand().map(Ok),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
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
            .field("pages", &self.pages_done())
            .field("cursor", &self.cursor())
            .finish_non_exhaustive()
    }
}
