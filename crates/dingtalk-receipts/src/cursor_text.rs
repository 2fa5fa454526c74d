//! Cursors as text: written and parsed.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::cursor::{Cursor, Message};
use crate::error::Error;

/// What a cursor's text begins with; a later format gets another number.
const FORMAT: &str = "dr1.";

#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(flatten)]
    message: Message,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(rename = "p", default)]
    pages: u64,
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
