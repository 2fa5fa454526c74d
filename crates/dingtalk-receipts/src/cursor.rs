//! Where a run of pages stands: an opaque value that can be kept and given back.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What a cursor's text begins with; a later format gets another number.
const FORMAT: &str = "dr1.";

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

#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(flatten)]
    message: Message,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(rename = "p", default)]
    pages: u64,
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

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = Written {
            message: (*self.message).clone(),
            next: self.next.clone(),
            pages: self.pages,
        };
        let json = serde_json::to_vec(&written).map_err(|_| fmt::Error)?;
        write!(f, "{FORMAT}{}", URL_SAFE_NO_PAD.encode(json))
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor(after {} pages)", self.pages)
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong =
            |why: &str| Error::argument(format!("this is not a cursor of this client: {why}"));
        let text = text.trim();
        let encoded = text
            .strip_prefix(FORMAT)
            .ok_or_else(|| wrong(&format!("it does not begin with `{FORMAT}`")))?;
        let json = URL_SAFE_NO_PAD
            .decode(encoded)
            .map_err(|_| wrong("it is cut off or changed"))?;
        let written: Written =
            serde_json::from_slice(&json).map_err(|_| wrong("it is cut off or changed"))?;
        Ok(Self {
            message: Arc::new(written.message),
            next: written.next,
            pages: written.pages,
        })
    }
}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor() -> Cursor {
        let message = Message {
            process_query_key: "Kna29Ra5p+/=".to_owned(),
            conversation: Some("cid=群".to_owned()),
            robot: None,
        };
        Cursor {
            message: Arc::new(message),
            next: Some("50".to_owned()),
            pages: 7,
        }
    }

    #[test]
    fn text_and_json_come_back_equal() {
        let text = cursor().to_string();
        assert!(
            text.chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)),
            "{text}"
        );
        assert_eq!(text.parse::<Cursor>().unwrap(), cursor());
        let json = serde_json::to_string(&cursor()).unwrap();
        assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor());
    }

    #[test]
    fn what_is_no_cursor_is_an_error_that_says_so() {
        let text = cursor().to_string();
        for broken in [
            "",
            "50",
            "dr1.",
            &text[..text.len() - 3],
            &text.replace("dr1.", "dr2."),
        ] {
            let error = broken.parse::<Cursor>().unwrap_err();
            assert!(
                error.to_string().starts_with("this is not a cursor"),
                "{broken}"
            );
        }
    }
}
