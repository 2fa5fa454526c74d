//! The pages of a list of members, as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::{FusedStream, Stream};

use super::page::MembersPage;
use crate::error::Result;
use crate::pager::Pager;

/// The members of a group by pages, from [`MembersQuery::pages`](crate::MembersQuery::pages).
///
/// Lazy, cancel-safe and fused, as [`Pages`](crate::Pages) are.
#[must_use = "a stream does nothing unless polled"]
pub struct Members {
    pager: Pager<MembersPage>,
}

impl Members {
    pub(super) fn new(pager: Pager<MembersPage>) -> Self {
        Self { pager }
    }

    /// The next page; `Ok(None)` after the last. Cancel-safe.
    ///
    /// # Errors
    ///
    /// The group is not named, a call failed, or DingTalk's pages do not lead to an end.
    pub async fn try_next(&mut self) -> Result<Option<MembersPage>> {
        poll_fn(|context| self.pager.poll_page(context))
            .await
            .transpose()
    }
}

impl Stream for Members {
    type Item = Result<MembersPage>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().pager.poll_page(context)
    }
}

impl FusedStream for Members {
    fn is_terminated(&self) -> bool {
        self.pager.is_done()
    }
}

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Members")
            .field("pages", &self.pager.pages())
            .finish_non_exhaustive()
    }
}
