//! Refusals that asking again does not change.

use serde::{Deserialize, Serialize};

use crate::error::{Advice, Error, ErrorKind, Kind, ReceivedErrorCode, Sent};

/// What DingTalk said when it refused to answer about a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Refusal {
    /// The error code.
    pub code: String,
    /// The message, in DingTalk's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The HTTP status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// DingTalk's id of the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Refusal {
    /// The refusal in an error, if the same request would be refused again however often it is sent, and the message is
    /// the reason rather than the app, its token or the time.
    pub fn for_good(error: &Error) -> Option<Self> {
        let details = error.details();
        let about_the_message =
            matches!(details.class, Some(ErrorKind::Argument | ErrorKind::State));
        let for_good = details.kind == Kind::Refused
            && details.advice == Advice::Never
            && about_the_message
            // Its way on is the first page.
            && !error.is_invalid_cursor();
        // What came before the refusal would be lost.
        let is_whole = details
            .partial
            .as_ref()
            .is_none_or(|all| all.readers.is_empty());
        if !(for_good && is_whole) {
            return None;
        }
        Some(Self {
            code: details.code.as_ref()?.as_str().to_owned(),
            message: details.message.clone(),
            status: details.status,
            request_id: details.request_id.clone(),
        })
    }

    /// The error that it was.
    pub(super) fn into_error(self) -> Error {
        let code = ReceivedErrorCode::from(self.code);
        Error::new(Kind::Refused, "DingTalk refused the call").with(|details| {
            details.class = code.kind();
            details.advice = code.advice().unwrap_or(Advice::Never);
            details.code = Some(code);
            details.message = self.message;
            details.status = self.status;
            details.request_id = self.request_id;
            details.sent = Sent::Yes;
        })
    }
}
