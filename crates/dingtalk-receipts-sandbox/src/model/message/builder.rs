//! Describes a message: the methods that build one.

use std::time::Duration;

use serde_json::Value;

use super::{Growth, LastCursor, Message, ReaderLists, RecallOutcome};
use crate::model::reader::Reader;

impl Message {
    /// The conversation that it was sent to; created if the builder has none of this id.
    #[must_use]
    pub fn conversation(self, open_conversation_id: impl Into<String>) -> Self {
        Self {
            conversation: Some(open_conversation_id.into()),
            ..self
        }
    }

    /// The robot that sent it; created if the builder has none of this code.
    #[must_use]
    pub fn robot(self, code: impl Into<String>) -> Self {
        Self {
            robot: Some(code.into()),
            ..self
        }
    }

    /// This many generated readers, [`Reader::generated`] 0, 1, 2 and so on.
    #[must_use]
    pub fn readers(self, count: u64) -> Self {
        Self {
            generated: count,
            ..self
        }
    }

    /// Exactly these readers, after any generated ones.
    #[must_use]
    pub fn reader_list(self, readers: impl IntoIterator<Item = Reader>) -> Self {
        Self {
            listed: readers.into_iter().collect(),
            ..self
        }
    }

    /// Readers that come by and by, each at its time, after all others. None comes after the message is recalled.
    #[must_use]
    pub fn reads(self, arrivals: impl IntoIterator<Item = (Duration, Reader)>) -> Self {
        let mut arrivals: Vec<_> = arrivals.into_iter().collect();
        arrivals.sort_by_key(|(time, _)| *time);
        Self { arrivals, ..self }
    }

    /// Every `nth` of the generated readers is from outside the corp: a union id and no user id. 1 means all, 0 none.
    #[must_use]
    pub fn outside_every(self, nth: u64) -> Self {
        Self {
            outside_every: (nth > 0).then_some(nth),
            ..self
        }
    }

    /// One more generated reader each time this much has passed, up to `total` in all.
    #[must_use]
    pub fn growing(self, every: Duration, total: u64) -> Self {
        Self {
            growth: (!every.is_zero()).then_some(Growth {
                every,
                up_to: total,
            }),
            ..self
        }
    }

    /// The value of `sendStatus`. Defaults to `SUCCESS`.
    #[must_use]
    pub fn send_status(self, status: impl Into<String>) -> Self {
        Self {
            send_status: Some(status.into()),
            ..self
        }
    }

    /// Omits `sendStatus`.
    #[must_use]
    pub fn without_send_status(self) -> Self {
        Self {
            send_status: None,
            ..self
        }
    }

    /// The value of `sendStatus` from this page on, counted from 1.
    #[must_use]
    pub fn send_status_from_page(mut self, page: u32, status: impl Into<String>) -> Self {
        self.status_from.push((page, status.into()));
        self.status_from.sort_by_key(|(page, _)| *page);
        self
    }

    /// `sendStatus` is `PROCESSING` until this time.
    #[must_use]
    pub fn processing_until(self, time: Duration) -> Self {
        Self {
            processing_until: time,
            ..self
        }
    }

    /// What becomes of the message when it is to be recalled. Defaults to that it is recalled.
    #[must_use]
    pub fn recall_outcome(self, outcome: RecallOutcome) -> Self {
        Self {
            recall_outcome: outcome,
            ..self
        }
    }

    /// The message is recalled after this time: `sendStatus` is `RECALLED`.
    #[must_use]
    pub fn recalled_after(self, time: Duration) -> Self {
        Self {
            recalled_at: Some(time),
            ..self
        }
    }

    /// There is no data before this time: `processQueryKey.expireTime`.
    #[must_use]
    pub fn ready_after(self, time: Duration) -> Self {
        Self {
            ready_at: time,
            ..self
        }
    }

    /// There is no data after this time: `processQueryKey.expireTime`. With zero, it has expired already.
    #[must_use]
    pub fn expires_after(self, time: Duration) -> Self {
        Self {
            expires_at: Some(time),
            ..self
        }
    }

    /// How many readers a page has when the query does not say, which the vendor does not document. Defaults to the
    /// contract's maximum.
    #[must_use]
    pub fn default_page_size(self, size: u64) -> Self {
        Self {
            default_page_size: Some(size.max(1)),
            ..self
        }
    }

    /// Pages have no more readers than this, however many the query asks for.
    #[must_use]
    pub fn page_limit(self, size: u64) -> Self {
        Self {
            page_limit: Some(size.max(1)),
            ..self
        }
    }

    /// These pages, counted from 1, are empty, and the readers follow on the page after.
    #[must_use]
    pub fn empty_pages(self, pages: impl IntoIterator<Item = u32>) -> Self {
        Self {
            empty_pages: pages.into_iter().collect(),
            ..self
        }
    }

    /// Each page starts with the last `readers` of the page before.
    #[must_use]
    pub fn overlap(self, readers: u64) -> Self {
        Self {
            overlap: readers,
            ..self
        }
    }

    /// Which reader lists the pages have.
    #[must_use]
    pub fn lists(self, lists: ReaderLists) -> Self {
        Self { lists, ..self }
    }

    /// What would be absent is there as `null`, and so are empty lists.
    #[must_use]
    pub fn null_fields(self) -> Self {
        Self {
            null_fields: true,
            ..self
        }
    }

    /// What `nextToken` is on the last page.
    #[must_use]
    pub fn last_cursor(self, last: LastCursor) -> Self {
        Self {
            last_cursor: last,
            ..self
        }
    }

    /// This page, counted from 1, has `hasMore: true` and no cursor.
    #[must_use]
    pub fn cursor_lost_on(self, page: u32) -> Self {
        Self {
            lost_cursor: Some(page),
            ..self
        }
    }

    /// The cursors go in a circle: after `length` pages, counted from page `from`, the cursor leads back to page
    /// `from`. Length 1 is the same cursor again and again, 2 is A, B, A.
    #[must_use]
    pub fn cursors_in_circle(self, from: u32, length: u32) -> Self {
        Self {
            circle: Some((from.max(1), length.max(1))),
            ..self
        }
    }

    /// Each cursor starts with this text: to make it long, or of odd characters.
    #[must_use]
    pub fn cursor_prefix(self, prefix: impl Into<String>) -> Self {
        Self {
            cursor_prefix: prefix.into(),
            ..self
        }
    }

    /// Sets `field` of this page, counted from 1, to `value`, without regard to the contract.
    #[must_use]
    pub fn set_on_page(mut self, page: u32, field: impl Into<String>, value: Value) -> Self {
        self.edits.push((page, field.into(), Some(value)));
        self
    }

    /// Omits `field` from this page, counted from 1.
    #[must_use]
    pub fn omit_on_page(mut self, page: u32, field: impl Into<String>) -> Self {
        self.edits.push((page, field.into(), None));
        self
    }
}
