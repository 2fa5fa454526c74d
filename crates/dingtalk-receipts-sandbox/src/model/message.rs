//! Messages, who has read them, and how their pages come out.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use crate::model::reader::Reader;

/// What `nextToken` is on the last page, which no document says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LastCursor {
    /// The field is not there.
    #[default]
    Absent,
    /// An empty string.
    Empty,
    /// `null`.
    Null,
    /// A cursor that works, beside `hasMore: false`; it leads to an empty page.
    Cursor,
}

/// Which of the two reader lists a page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReaderLists {
    /// `readUserIds` and `readUsers`, as the service answers since 2026.
    #[default]
    Both,
    /// `readUserIds` alone, as the endpoint document has it. Readers from outside cannot be told.
    UserIds,
    /// `readUsers` alone.
    Users,
}

/// How the number of readers grows.
#[derive(Clone, Copy, Debug)]
struct Growth {
    every: Duration,
    up_to: u64,
}

/// A message and its readers. Built with [`Message::new`] and given to
/// [`SandboxBuilder::message`](crate::SandboxBuilder::message).
///
/// Readers given by number are made up on the fly ([`Reader::generated`]), so a million of them cost no memory.
/// Durations count from the start of the sandbox, by its [clock](crate::Clock).
#[derive(Clone, Debug)]
pub struct Message {
    pub(crate) key: String,
    pub(crate) conversation: Option<String>,
    pub(crate) robot: Option<String>,
    generated: u64,
    listed: Vec<Reader>,
    outside_every: Option<u64>,
    growth: Option<Growth>,
    send_status: Option<String>,
    status_from: Vec<(u32, String)>,
    recalled_at: Option<Duration>,
    ready_at: Duration,
    expires_at: Option<Duration>,
    pub(crate) default_page_size: Option<u64>,
    pub(crate) page_limit: Option<u64>,
    empty_pages: BTreeSet<u32>,
    overlap: u64,
    pub(crate) lists: ReaderLists,
    pub(crate) null_fields: bool,
    pub(crate) last_cursor: LastCursor,
    lost_cursor: Option<u32>,
    circle: Option<(u32, u32)>,
    pub(crate) cursor_prefix: String,
    pub(crate) edits: Vec<(u32, String, Option<Value>)>,
}

impl Message {
    /// A message that was sent and that nobody has read.
    pub fn new(process_query_key: impl Into<String>) -> Self {
        Self {
            key: process_query_key.into(),
            conversation: None,
            robot: None,
            generated: 0,
            listed: Vec::new(),
            outside_every: None,
            growth: None,
            send_status: Some("SUCCESS".to_owned()),
            status_from: Vec::new(),
            recalled_at: None,
            ready_at: Duration::ZERO,
            expires_at: None,
            default_page_size: None,
            page_limit: None,
            empty_pages: BTreeSet::new(),
            overlap: 0,
            lists: ReaderLists::default(),
            null_fields: false,
            last_cursor: LastCursor::default(),
            lost_cursor: None,
            circle: None,
            cursor_prefix: String::new(),
            edits: Vec::new(),
        }
    }

    /// The conversation that it was sent to; made up if the builder has none of this id.
    #[must_use]
    pub fn conversation(self, open_conversation_id: impl Into<String>) -> Self {
        Self {
            conversation: Some(open_conversation_id.into()),
            ..self
        }
    }

    /// The robot that sent it; made up if the builder has none of this code.
    #[must_use]
    pub fn robot(self, code: impl Into<String>) -> Self {
        Self {
            robot: Some(code.into()),
            ..self
        }
    }

    /// This many made-up readers, [`Reader::generated`] 0, 1, 2 and so on.
    #[must_use]
    pub fn readers(self, count: u64) -> Self {
        Self {
            generated: count,
            ..self
        }
    }

    /// Exactly these readers, after any made-up ones.
    #[must_use]
    pub fn reader_list(self, readers: impl IntoIterator<Item = Reader>) -> Self {
        Self {
            listed: readers.into_iter().collect(),
            ..self
        }
    }

    /// Every `nth` of the made-up readers is from outside the corp: a union id and no user id. 1 means all, 0 none.
    #[must_use]
    pub fn outside_every(self, nth: u64) -> Self {
        Self {
            outside_every: (nth > 0).then_some(nth),
            ..self
        }
    }

    /// One more made-up reader each time this much has passed, up to `total` in all.
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

    /// What `sendStatus` says, instead of `SUCCESS`.
    #[must_use]
    pub fn send_status(self, status: impl Into<String>) -> Self {
        Self {
            send_status: Some(status.into()),
            ..self
        }
    }

    /// `sendStatus` is not there.
    #[must_use]
    pub fn without_send_status(self) -> Self {
        Self {
            send_status: None,
            ..self
        }
    }

    /// `sendStatus` says something else from this page on, counted from 1.
    #[must_use]
    pub fn send_status_from_page(mut self, page: u32, status: impl Into<String>) -> Self {
        self.status_from.push((page, status.into()));
        self.status_from.sort_by_key(|(page, _)| *page);
        self
    }

    /// The message is recalled after this time: `sendStatus` says `RECALLED`.
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

    /// How many readers a page has when the query does not say. The contract's maximum unless said otherwise; the
    /// vendor's number is not known.
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

    /// This page, counted from 1, says `hasMore: true` and has no cursor.
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

    /// Writes `value` into `field` of this page, counted from 1, whatever the contract says of it.
    #[must_use]
    pub fn set_on_page(mut self, page: u32, field: impl Into<String>, value: Value) -> Self {
        self.edits.push((page, field.into(), Some(value)));
        self
    }

    /// Leaves `field` out of this page, counted from 1.
    #[must_use]
    pub fn omit_on_page(mut self, page: u32, field: impl Into<String>) -> Self {
        self.edits.push((page, field.into(), None));
        self
    }

    pub(crate) fn add_reader(&mut self, reader: Reader) {
        self.listed.push(reader);
    }

    pub(crate) fn recall(&mut self, now: Duration) {
        self.recalled_at = Some(now);
    }

    /// How many people have read it by now.
    pub(crate) fn count(&self, now: Duration) -> u64 {
        self.generated_by(now) + u64::try_from(self.listed.len()).unwrap_or(u64::MAX)
    }

    fn generated_by(&self, now: Duration) -> u64 {
        let Some(growth) = self.growth else {
            return self.generated;
        };
        let steps = now.as_nanos() / growth.every.as_nanos().max(1);
        let grown = self
            .generated
            .saturating_add(u64::try_from(steps).unwrap_or(u64::MAX));
        grown.min(growth.up_to.max(self.generated))
    }

    /// The readers from place `from` to `to`, counted from 0; `to` is not one of them.
    pub(crate) fn readers_between(
        &self,
        now: Duration,
        from: u64,
        to: u64,
    ) -> impl Iterator<Item = Reader> {
        let generated = self.generated_by(now);
        (from..to).filter_map(move |place| match place.checked_sub(generated) {
            None => Some(self.made_up(place)),
            Some(place) => self.listed.get(usize::try_from(place).ok()?).cloned(),
        })
    }

    fn made_up(&self, place: u64) -> Reader {
        let reader = Reader::generated(place);
        match self.outside_every {
            Some(nth) if (place + 1).is_multiple_of(nth) => reader.without_user_id(),
            _ => reader,
        }
    }

    /// Whether the service has data of it.
    pub(crate) fn is_available(&self, now: Duration) -> bool {
        now >= self.ready_at && self.expires_at.is_none_or(|end| now < end)
    }

    pub(crate) fn status_on(&self, page: u32, now: Duration) -> Option<&str> {
        if self.recalled_at.is_some_and(|time| now >= time) {
            return Some("RECALLED");
        }
        let changed = self
            .status_from
            .iter()
            .rev()
            .find(|(from, _)| page >= *from);
        changed
            .map(|(_, status)| status.as_str())
            .or(self.send_status.as_deref())
    }

    pub(crate) fn is_empty_page(&self, page: u32) -> bool {
        self.empty_pages.contains(&page)
    }

    pub(crate) fn overlap_within(&self, size: u64) -> u64 {
        self.overlap.min(size.saturating_sub(1))
    }

    pub(crate) fn loses_cursor_on(&self, page: u32) -> bool {
        self.lost_cursor == Some(page)
    }

    /// The page that the cursor of `page` leads back to, if the cursors go in a circle there.
    pub(crate) fn circles_back_from(&self, page: u32) -> Option<u32> {
        let (from, length) = self.circle?;
        (page == from.saturating_add(length - 1)).then_some(from)
    }
}
