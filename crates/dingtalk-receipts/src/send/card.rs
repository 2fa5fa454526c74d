//! Cards with buttons.

use dingtalk_receipts_api::types::MessageKey;
use serde_json::{Map, Value};

use super::message::blank;

/// The most buttons that a card can have (KB 0699).
const MAX_BUTTONS: usize = 5;

/// The names of the fields of a button's title and address, by the number of the button.
type ButtonFields = fn(usize) -> (String, String);

/// A card: a title, which the list of chats shows, a text in Markdown, and one to five buttons.
#[derive(Debug, Clone)]
#[must_use = "a card is the content of a message"]
pub struct Card {
    title: String,
    text: String,
    buttons: Vec<(String, String)>,
    side_by_side: bool,
}

impl Card {
    /// A card without buttons, which cannot be sent yet.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
            buttons: Vec::new(),
            side_by_side: false,
        }
    }

    /// Adds a button with a title, which opens `url`.
    pub fn button(mut self, title: impl Into<String>, url: impl Into<String>) -> Self {
        self.buttons.push((title.into(), url.into()));
        self
    }

    /// Puts two buttons side by side instead of one below the other.
    pub fn side_by_side(mut self) -> Self {
        self.side_by_side = true;
        self
    }

    /// The type of the message and its content, or what is wrong with it.
    pub(super) fn content(self) -> Result<(MessageKey, Value), String> {
        let (key, names) = self.form()?;
        let mut content = Map::new();
        let mut put = |name: String, text: String, what: &str| match blank(&text, what) {
            Some(problem) => Err(problem),
            None => {
                content.insert(name, Value::from(text));
                Ok(())
            }
        };
        put("title".to_owned(), self.title, "the title of the card")?;
        put("text".to_owned(), self.text, "the text of the card")?;
        for (index, (title, url)) in self.buttons.into_iter().enumerate() {
            let (title_name, url_name) = names(index + 1);
            put(title_name, title, "the title of a button")?;
            put(url_name, url, "the address of a button")?;
        }
        Ok((key, Value::Object(content)))
    }

    /// The type for this number of buttons, and the names of a button's fields by its number.
    fn form(&self) -> Result<(MessageKey, ButtonFields), String> {
        let numbered: fn(usize) -> (String, String) =
            |number| (format!("actionTitle{number}"), format!("actionURL{number}"));
        Ok(match (self.buttons.len(), self.side_by_side) {
            (2, true) => (MessageKey::SampleActionCard6, |number| {
                (format!("buttonTitle{number}"), format!("buttonUrl{number}"))
            }),
            (count, true) => {
                return Err(format!(
                    "side by side are two buttons, and the card has {count}"
                ));
            }
            (1, false) => (MessageKey::SampleActionCard, |_| {
                ("singleTitle".to_owned(), "singleURL".to_owned())
            }),
            (2, false) => (MessageKey::SampleActionCard2, numbered),
            (3, false) => (MessageKey::SampleActionCard3, numbered),
            (4, false) => (MessageKey::SampleActionCard4, numbered),
            (5, false) => (MessageKey::SampleActionCard5, numbered),
            (count, false) => {
                return Err(format!(
                    "a card has one to {MAX_BUTTONS} buttons, and this one has {count}"
                ));
            }
        })
    }
}
