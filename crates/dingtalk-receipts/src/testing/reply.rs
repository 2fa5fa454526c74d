//! What comes back.

use std::time::Duration;

use dingtalk_receipts_api::types::{ReadStatusPage, ReadUser};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::{Error, ErrorCode};
use crate::receipts::{Reader, SendStatus};
use crate::response::Response;

/// One answer of a [`Script`](super::Script).
#[derive(Debug, Clone)]
#[must_use = "a reply is given when it is part of a script"]
pub struct Reply {
    pub(super) content: Content,
    pub(super) delay: Duration,
    headers: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Page(ReadStatusPage),
    Error {
        code: ErrorCode,
        status: Option<u16>,
        message: String,
    },
    Body {
        status: u16,
        content_type: String,
        body: Vec<u8>,
    },
    Broken,
    Silence,
}

impl Reply {
    /// The last page, or with [`next`](Self::next) one in the middle. A text is a user id.
    pub fn page(readers: impl IntoIterator<Item = impl Into<Reader>>) -> Self {
        let readers: Vec<Reader> = readers.into_iter().map(Into::into).collect();
        let page = ReadStatusPage {
            send_status: Some(SendStatus::Success),
            read_user_ids: Some(
                readers
                    .iter()
                    .filter_map(|reader| reader.user_id.clone())
                    .collect(),
            ),
            read_users: Some(readers.into_iter().map(user).collect()),
            has_more: Some(false),
            next_token: None,
        };
        Self::of(Content::Page(page))
    }

    /// The error that has this code, with the status that the contract gives it.
    pub fn error(code: impl Into<ErrorCode>) -> Self {
        let message = "scripted".to_owned();
        Self::of(Content::Error {
            code: code.into(),
            status: None,
            message,
        })
    }

    /// Any body of any type.
    pub fn body(status: u16, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::of(Content::Body {
            status,
            content_type: content_type.into(),
            body: body.into(),
        })
    }

    /// The connection breaks before an answer.
    pub fn broken_connection() -> Self {
        Self::of(Content::Broken)
    }

    /// No answer, ever: the attempt runs into its time limit.
    pub fn silence() -> Self {
        Self::of(Content::Silence)
    }

    /// More pages follow, and the next is at this cursor.
    pub fn next(mut self, cursor: impl Into<String>) -> Self {
        if let Content::Page(page) = &mut self.content {
            page.has_more = Some(true);
            page.next_token = Some(cursor.into());
        }
        self
    }

    /// What became of the message; defaults to `SUCCESS`.
    pub fn send_status(mut self, status: impl Into<SendStatus>) -> Self {
        if let Content::Page(page) = &mut self.content {
            page.send_status = Some(status.into());
        }
        self
    }

    /// Another HTTP status than the one that goes with the error's code.
    pub fn status(mut self, http_status: u16) -> Self {
        match &mut self.content {
            Content::Error { status, .. } => *status = Some(http_status),
            Content::Body { status, .. } => *status = http_status,
            _ => {}
        }
        self
    }

    /// What the error says in words.
    pub fn message(mut self, text: impl Into<String>) -> Self {
        if let Content::Error { message, .. } = &mut self.content {
            *message = text.into();
        }
        self
    }

    /// A header, such as `Retry-After`.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Comes after this time on the client's clock.
    pub fn delay(mut self, time: Duration) -> Self {
        self.delay = time;
        self
    }

    fn of(content: Content) -> Self {
        Self {
            content,
            delay: Duration::ZERO,
            headers: Vec::new(),
        }
    }

    /// The answer, as the client receives it. `None` if there is none.
    pub(super) fn response(&self, request_id: &str) -> Result<Option<Response>, Error> {
        let (status, content_type, body) = match &self.content {
            Content::Page(page) => (
                200,
                "application/json",
                serde_json::to_vec(page).map_err(unwritten)?,
            ),
            Content::Error {
                code,
                status,
                message,
            } => {
                let known = code
                    .meaning()
                    .and_then(|meaning| meaning.statuses.first().copied());
                let body = serde_json::json!({
                    "code": code.as_str(), "message": message, "requestid": request_id,
                });
                (
                    status.or(known).unwrap_or(400),
                    "application/json",
                    body.to_string().into_bytes(),
                )
            }
            Content::Body {
                status,
                content_type,
                body,
            } => (*status, content_type.as_str(), body.clone()),
            Content::Broken | Content::Silence => return Ok(None),
        };
        let mut headers = HeaderMap::new();
        let own = [
            ("content-type", content_type),
            ("x-acs-request-id", request_id),
        ];
        let given = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.into_iter().chain(given) {
            headers.append(
                HeaderName::try_from(name).map_err(unwritten)?,
                HeaderValue::try_from(value).map_err(unwritten)?,
            );
        }
        Ok(Some(Response {
            status,
            headers,
            body: body.into(),
        }))
    }
}

fn user(reader: Reader) -> ReadUser {
    ReadUser {
        user_id: reader.user_id,
        union_id: reader.union_id,
    }
}

fn unwritten(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::configuration("the script has a reply that cannot be sent").caused_by(cause)
}
