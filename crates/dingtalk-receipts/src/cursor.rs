//! Where a run of pages stands: an opaque value that can be kept and given back.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A place in the pages of one message: which message, and which page comes next.
///
/// It is opaque and serialisable: as a string of URL-safe characters (`Display`, `FromStr`, `serde`). It holds no
/// secret: a message that is named by a webhook token needs that token again when the run goes on. How long DingTalk
/// honours the cursor in it is not documented.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    pub(crate) message: Arc<Message>,
    /// DingTalk's own cursor; `None` is the first page.
    pub(crate) next: Option<String>,
    /// How many pages came before.
    pub(crate) pages: u64,
}

/// Which message: everything that stays the same from page to page, but for the webhook token.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Message {
    #[serde(rename = "k")]
    pub(crate) process_query_key: String,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub(crate) conversation: Option<String>,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub(crate) robot: Option<String>,
}

impl Cursor {
    /// The process query key of the message.
    pub fn process_query_key(&self) -> &str {
        &self.message.process_query_key
    }

    /// How many pages come before this place.
    pub fn pages_done(&self) -> u64 {
        self.pages
    }

    /// The same message from its first page: the documented way on when DingTalk no longer knows a cursor (error
    /// code `invalidParameter.cursor.invalid`). Readers that came before come again.
    #[must_use]
    pub fn from_first_page(&self) -> Self {
        Self {
            message: Arc::clone(&self.message),
            next: None,
            pages: 0,
        }
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor(after {} pages)", self.pages)
    }
}
