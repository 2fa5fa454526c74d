//! What a query gives: readers, pages of readers, and all of them together.

use std::collections::HashSet;

use dingtalk_receipts_api::types;
pub use dingtalk_receipts_api::types::SendStatus;
use serde::{Deserialize, Serialize};

use crate::cursor::Cursor;

/// Somebody who has read the message. At least one of the two ids is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reader {
    /// The person within the corp. A reader from outside the corp has none.
    pub user_id: Option<String>,
    /// The person, the same in every corp of one developer. Absent where DingTalk gave user ids only.
    pub union_id: Option<String>,
}

impl Reader {
    /// A reader with these ids, for tests and for comparing.
    pub fn new(user_id: Option<String>, union_id: Option<String>) -> Self {
        Self { user_id, union_id }
    }

    /// The id that tells readers apart: the user id, or for a reader from outside the corp the union id.
    pub fn id(&self) -> &str {
        self.user_id
            .as_deref()
            .or(self.union_id.as_deref())
            .unwrap_or_default()
    }
}

impl From<String> for Reader {
    /// The reader with this user id.
    fn from(user_id: String) -> Self {
        Self::new(Some(user_id), None)
    }
}

impl From<&str> for Reader {
    /// The reader with this user id.
    fn from(user_id: &str) -> Self {
        Self::from(user_id.to_owned())
    }
}

/// One page of readers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// What became of the message, if the page says so. Unknown values are kept.
    pub send_status: Option<SendStatus>,
    /// The readers, in DingTalk's order. May be empty while more pages follow.
    pub readers: Vec<Reader>,
    /// Whether DingTalk says that more pages follow.
    pub has_more: bool,
    /// DingTalk's id of the call.
    pub request_id: Option<String>,
    pub(crate) cursor: Cursor,
    pub(crate) next: Option<Cursor>,
}

impl Page {
    /// Where this page is.
    pub fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// Where the next page is. `None` on the last page, and also where DingTalk says that more follow but not where:
    /// the streams report that as an error.
    pub fn next_cursor(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }
}

/// All readers of a message, as [`collect`](crate::ReadStatus::collect) gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Receipts {
    /// What became of the message, as the newest page that says so has it.
    pub send_status: Option<SendStatus>,
    /// The readers, each once, in the order in which DingTalk gave them.
    pub readers: Vec<Reader>,
    /// How many pages were asked for.
    pub pages: u64,
    /// Whether the last page was reached, rather than a limit.
    pub complete: bool,
    /// Where to go on without leaving a reader out, if a limit or a failure ended the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// The readers of a page: those of `readUsers`, and those of `readUserIds` that it lacks.
///
/// The two arrays are not parallel: either may be absent, and a reader from outside the corp stands in one only.
pub(crate) fn readers(
    ids: Option<Vec<String>>,
    users: Option<Vec<types::ReadUser>>,
) -> Vec<Reader> {
    let given = |id: Option<String>| id.filter(|id| !id.is_empty());
    // The same size on both sides of the map: no new memory is needed.
    let mut readers: Vec<Reader> = users
        .unwrap_or_default()
        .into_iter()
        .map(|user| Reader::new(given(user.user_id), given(user.union_id)))
        .collect();
    readers.retain(|reader| reader.user_id.is_some() || reader.union_id.is_some());

    // As a rule the ids follow each other alike in both arrays; only where they do not is a search needed.
    let ids = ids.unwrap_or_default();
    let named = readers.iter().filter_map(|reader| reader.user_id.as_ref());
    let alike = ids
        .iter()
        .zip(named)
        .take_while(|(id, named)| id == named)
        .count();
    if alike == ids.len() {
        return readers;
    }
    let known: HashSet<&str> = readers
        .iter()
        .filter_map(|reader| reader.user_id.as_deref())
        .collect();
    let extra: Vec<Reader> = ids
        .into_iter()
        .skip(alike)
        .filter(|id| !id.is_empty() && !known.contains(id.as_str()))
        .map(|id| Reader::new(Some(id), None))
        .collect();
    readers.extend(extra);
    readers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(user: Option<&str>, union: Option<&str>) -> types::ReadUser {
        types::ReadUser {
            user_id: user.map(str::to_owned),
            union_id: union.map(str::to_owned),
        }
    }

    fn ids(readers: &[Reader]) -> Vec<(Option<&str>, Option<&str>)> {
        readers
            .iter()
            .map(|r| (r.user_id.as_deref(), r.union_id.as_deref()))
            .collect()
    }

    #[test]
    fn the_two_arrays_are_joined_by_id_and_not_by_place() {
        let joined = readers(
            Some(vec![
                "b".to_owned(),
                "a".to_owned(),
                "c".to_owned(),
                String::new(),
            ]),
            Some(vec![
                user(None, Some("X")),
                user(Some("a"), Some("A")),
                user(Some("b"), Some("B")),
            ]),
        );
        assert_eq!(
            ids(&joined),
            [
                (None, Some("X")),
                (Some("a"), Some("A")),
                (Some("b"), Some("B")),
                (Some("c"), None)
            ]
        );
    }

    #[test]
    fn either_array_may_be_absent() {
        assert_eq!(
            ids(&readers(Some(vec!["a".to_owned()]), None)),
            [(Some("a"), None)]
        );
        assert_eq!(
            ids(&readers(None, Some(vec![user(None, Some("U"))]))),
            [(None, Some("U"))]
        );
        assert!(readers(None, None).is_empty());
        assert!(readers(None, Some(vec![user(None, None)])).is_empty());
    }
}
