//! One page of a message's readers, as the service writes it.

use std::time::Duration;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::model::cursor::{Cursors, Position};
use crate::model::message::{LastCursor, Message, ReaderLists};
use crate::model::reader::Reader;

/// A page, ready to be written.
pub(crate) struct Page<'a> {
    message: &'a Message,
    status: Option<&'a str>,
    readers: Vec<Reader>,
    cursor: NextToken,
    has_more: bool,
}

enum NextToken {
    Absent,
    Null,
    Text(String),
}

impl<'a> Page<'a> {
    /// The page at `position` of at most `size` readers.
    pub(crate) fn of(
        message: &'a Message,
        cursors: &Cursors,
        position: Position,
        size: u64,
        now: Duration,
    ) -> Self {
        let extent = Extent::of(message, position, size, now);
        let write = |position| {
            NextToken::Text(cursors.write(&message.key, &message.cursor_prefix, position))
        };
        let back = message.circles_back_from(position.page);
        let next = match back {
            Some(page) => position_of(message, page, size, now),
            None => Position {
                page: position.page.saturating_add(1),
                offset: extent.end,
            },
        };
        let has_more = extent.has_more || back.is_some() || message.loses_cursor_on(position.page);
        let cursor = if message.loses_cursor_on(position.page) {
            NextToken::Absent
        } else if has_more {
            write(next)
        } else {
            match message.last_cursor {
                LastCursor::Absent => NextToken::Absent,
                LastCursor::Null => NextToken::Null,
                LastCursor::Empty => NextToken::Text(String::new()),
                LastCursor::Cursor => write(next),
            }
        };
        Self {
            message,
            status: message.status_on(position.page, now),
            readers: message
                .readers_between(now, extent.start, extent.end)
                .collect(),
            cursor,
            has_more,
        }
    }
}

/// Which readers a page shows.
struct Extent {
    start: u64,
    end: u64,
    has_more: bool,
}

impl Extent {
    fn of(message: &Message, position: Position, size: u64, now: Duration) -> Self {
        let total = message.count(now);
        let offset = position.offset.min(total);
        if message.is_empty_page(position.page) {
            return Self {
                start: offset,
                end: offset,
                has_more: offset < total,
            };
        }
        let size = size.min(message.page_limit.unwrap_or(u64::MAX));
        let start = offset.saturating_sub(message.overlap_within(size));
        let end = start.saturating_add(size).min(total);
        Self {
            start,
            end,
            has_more: end < total,
        }
    }
}

/// Where a page starts, found by turning the pages before it.
fn position_of(message: &Message, page: u32, size: u64, now: Duration) -> Position {
    let mut position = Position::FIRST;
    while position.page < page {
        let extent = Extent::of(message, position, size, now);
        position = Position {
            page: position.page + 1,
            offset: extent.end,
        };
    }
    position
}

impl Serialize for Page<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let nulls = self.message.null_fields;
        let lists = self.message.lists;
        let mut map = serializer.serialize_map(None)?;
        match self.status {
            Some(status) => map.serialize_entry("sendStatus", status)?,
            None if nulls => map.serialize_entry("sendStatus", &())?,
            None => {}
        }
        let no_list = nulls && self.readers.is_empty();
        match lists {
            ReaderLists::Both | ReaderLists::UserIds if !no_list => {
                map.serialize_entry("readUserIds", &UserIds(&self.readers))?;
            }
            _ if nulls => map.serialize_entry("readUserIds", &())?,
            _ => {}
        }
        match lists {
            ReaderLists::Both | ReaderLists::Users if !no_list => {
                map.serialize_entry("readUsers", &Users(&self.readers, nulls))?;
            }
            _ if nulls => map.serialize_entry("readUsers", &())?,
            _ => {}
        }
        match &self.cursor {
            NextToken::Text(text) => map.serialize_entry("nextToken", text)?,
            NextToken::Null => map.serialize_entry("nextToken", &())?,
            NextToken::Absent if nulls => map.serialize_entry("nextToken", &())?,
            NextToken::Absent => {}
        }
        map.serialize_entry("hasMore", &self.has_more)?;
        map.end()
    }
}

/// `readUserIds`: those who have one.
struct UserIds<'a>(&'a [Reader]);

impl Serialize for UserIds<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().filter_map(Reader::user_id))
    }
}

/// `readUsers`: everyone, with the ids that they have; the other is absent or null.
struct Users<'a>(&'a [Reader], bool);

impl Serialize for Users<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|reader| User(reader, self.1)))
    }
}

struct User<'a>(&'a Reader, bool);

impl Serialize for User<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, id) in [("unionId", self.0.union_id()), ("userId", self.0.user_id())] {
            if id.is_some() || self.1 {
                map.serialize_entry(name, &id)?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// All pages as a client turns them, at most `limit` of them.
    fn turn(message: &Message, size: u64, limit: usize) -> Vec<Value> {
        let cursors = Cursors::default();
        let mut position = Position::FIRST;
        let mut pages = Vec::new();
        while pages.len() < limit {
            let page = Page::of(message, &cursors, position, size, Duration::ZERO);
            let page = serde_json::to_value(&page).unwrap();
            let cursor = page["nextToken"].as_str().map(str::to_owned);
            let more = page["hasMore"] == true;
            pages.push(page);
            if !more {
                break;
            }
            let cursor = cursor.unwrap();
            position = cursors
                .read(&message.key, &message.cursor_prefix, &cursor)
                .unwrap();
        }
        pages
    }

    fn ids(page: &Value) -> Vec<String> {
        let users = page["readUsers"].as_array().unwrap();
        users
            .iter()
            .map(|user| user["unionId"].as_str().unwrap().to_owned())
            .collect()
    }

    proptest! {
        #[test]
        fn every_reader_comes_once_whatever_the_shape_of_the_pages(
            readers in 0_u64..300,
            size in 1_u64..=200,
            limit in 1_u64..=200,
            empty in prop::collection::btree_set(1_u32..20, 0..5),
            overlap in 0_u64..10,
        ) {
            let message = Message::new("key")
                .readers(readers)
                .page_limit(limit)
                .empty_pages(empty.iter().copied())
                .overlap(overlap);
            let pages = turn(&message, size, 10_000);
            let largest = size.min(limit);
            prop_assert!(pages.iter().all(|page| ids(page).len() as u64 <= largest));
            let mut seen: Vec<_> = pages.iter().flat_map(ids).collect();
            if overlap == 0 {
                prop_assert_eq!(seen.len() as u64, readers);
                let full = readers.div_ceil(largest).max(1);
                prop_assert!(pages.len() as u64 <= full + empty.len() as u64);
                prop_assert!(pages.len() as u64 >= full);
            }
            seen.sort();
            seen.dedup();
            prop_assert_eq!(seen.len() as u64, readers);
        }
    }
}
