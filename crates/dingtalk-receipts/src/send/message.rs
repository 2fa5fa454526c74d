//! What can be sent: the types of messages, and their content.

use std::time::Duration;

use dingtalk_receipts_api::types::{
    AudioContent, FileContent, ImageContent, LinkContent, MarkdownContent, MessageKey, TextContent,
    VideoContent,
};
use serde::Serialize;
use serde_json::Value;

use super::card::Card;
use crate::error::{Error, Result};
use crate::text::is_blank;

/// The longest content, in bytes (KB 0716). How the server counts is not documented; this counts UTF-8.
const MAX_CONTENT_BYTES: usize = 15_000;

/// A message for a group: a type, and the content that the type asks for.
///
/// Mentions are not supported by DingTalk's send operation (developer guide 0079). A picture is an address that begins
/// with `https://`, or a media id, which begins with `@`.
///
/// ```
/// use dingtalk_receipts::{Card, Message};
///
/// let plain = Message::text("Deploy done");
/// let rich = Message::markdown("Deploy", "# Deploy\n\n- ok");
/// let card = Message::card(Card::new("Deploy", "Which one?")
///     .button("Staging", "https://example.org/staging")
///     .button("Production", "https://example.org/production"));
/// let other = Message::raw("sampleMarkdownDX", serde_json::json!({ "title": "t", "text": "x" }));
/// # let _ = (plain, rich, card, other);
/// ```
#[derive(Debug, Clone)]
#[must_use = "a message goes nowhere until it is sent"]
pub struct Message {
    key: MessageKey,
    content: Result<Value, String>,
}

impl Message {
    /// Plain text.
    pub fn text(content: impl Into<String>) -> Self {
        let content = content.into();
        let problem = blank(&content, "the text");
        Self::of(MessageKey::SampleText, &TextContent { content }, problem)
    }

    /// Markdown. The list of chats shows the title.
    pub fn markdown(title: impl Into<String>, text: impl Into<String>) -> Self {
        let (title, text) = (title.into(), text.into());
        let problem = blank(&title, "the title").or_else(|| blank(&text, "the text"));
        let content = MarkdownContent { title, text };
        Self::of(MessageKey::SampleMarkdown, &content, problem)
    }

    /// A picture.
    pub fn image(picture: impl Into<String>) -> Self {
        let photo_url = picture.into();
        let problem = not_a_picture(&photo_url);
        Self::of(
            MessageKey::SampleImageMsg,
            &ImageContent { photo_url },
            problem,
        )
    }

    /// A link to `url`, with a title, a text and a picture.
    pub fn link(
        title: impl Into<String>,
        text: impl Into<String>,
        picture: impl Into<String>,
        url: impl Into<String>,
    ) -> Self {
        let content = LinkContent {
            title: title.into(),
            text: text.into(),
            pic_url: picture.into(),
            message_url: url.into(),
        };
        let problem = blank(&content.title, "the title")
            .or_else(|| blank(&content.text, "the text"))
            .or_else(|| blank(&content.message_url, "the address of the link"))
            .or_else(|| not_a_picture(&content.pic_url));
        Self::of(MessageKey::SampleLink, &content, problem)
    }

    /// A card with buttons.
    pub fn card(card: Card) -> Self {
        let content = card.content();
        match content {
            Ok((key, value)) => Self {
                key,
                content: Ok(value),
            },
            Err(problem) => Self {
                key: MessageKey::SampleActionCard,
                content: Err(problem),
            },
        }
    }

    /// A voice message: the media id of a recording (ogg or amr), and how long it is, sent in milliseconds.
    pub fn audio(media_id: impl Into<String>, duration: Duration) -> Self {
        let content = AudioContent {
            media_id: media_id.into(),
            duration: duration.as_millis().to_string(),
        };
        let problem = blank(&content.media_id, "the media id");
        Self::of(MessageKey::SampleAudio, &content, problem)
    }

    /// A file: its media id, the name that is shown, and its type, such as `pdf`.
    pub fn file(
        media_id: impl Into<String>,
        name: impl Into<String>,
        kind: impl Into<String>,
    ) -> Self {
        let content = FileContent {
            media_id: media_id.into(),
            file_name: name.into(),
            file_type: kind.into(),
        };
        let problem = blank(&content.media_id, "the media id")
            .or_else(|| blank(&content.file_name, "the name of the file"))
            .or_else(|| blank(&content.file_type, "the type of the file"));
        Self::of(MessageKey::SampleFile, &content, problem)
    }

    /// A video: its content as the contract has it.
    pub fn video(content: VideoContent) -> Self {
        Self::of(MessageKey::SampleVideo, &content, None)
    }

    /// A message of any type, also of one that the contract does not know. The content is sent as it is.
    pub fn raw(key: impl AsRef<str>, content: Value) -> Self {
        let key = key.as_ref();
        let problem = blank(key, "the type of the message");
        Self {
            key: MessageKey::from(key.to_owned()),
            content: problem.map_or(Ok(content), Err),
        }
    }

    fn of(key: MessageKey, content: &impl Serialize, problem: Option<String>) -> Self {
        let content = match problem {
            Some(problem) => Err(problem),
            None => serde_json::to_value(content).map_err(|error| error.to_string()),
        };
        Self { key, content }
    }

    /// The message as the request has it: an object of `msgKey` and `msgParam`, which is JSON in a string. For a dry
    /// run, which shows what would be sent.
    ///
    /// # Errors
    ///
    /// The message cannot be sent: what sending it would find before anything is sent.
    pub fn to_json(&self) -> Result<Value> {
        let (key, content) = self.write()?;
        Ok(serde_json::json!({ "msgKey": key, "msgParam": content }))
    }

    /// The type and the content as the request has them.
    pub(super) fn write(&self) -> Result<(MessageKey, String)> {
        let content = self
            .content
            .as_ref()
            .map_err(|problem| Error::argument(format!("the message cannot be sent: {problem}")))?
            .to_string();
        if content.len() > MAX_CONTENT_BYTES {
            return Err(Error::argument(format!(
                "the message cannot be sent: its content has {} bytes as JSON, and may have {MAX_CONTENT_BYTES}",
                content.len()
            )));
        }
        Ok((self.key.clone(), content))
    }
}

/// What is wrong with a text that must not be blank.
pub(super) fn blank(text: &str, what: &str) -> Option<String> {
    is_blank(Some(text)).then(|| format!("{what} is empty"))
}

/// What is wrong with a picture.
fn not_a_picture(picture: &str) -> Option<String> {
    let is_fine = picture.starts_with("https://") || picture.starts_with('@');
    (!is_fine).then(|| {
        "the picture must be an address that begins with `https://`, or a media id, which begins with `@`".to_owned()
    })
}
