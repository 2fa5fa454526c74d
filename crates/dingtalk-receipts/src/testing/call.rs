//! What the client asked.

use std::time::Instant;

use dingtalk_receipts_api::types::ReadStatusQuery;

/// A request for a page, as it would have gone out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// Which message.
    pub process_query_key: String,
    /// The group, if the query named it.
    pub open_conversation_id: Option<String>,
    /// The robot, if the query named it.
    pub robot_code: Option<String>,
    /// How many readers a page may have.
    pub max_results: Option<u32>,
    /// DingTalk's cursor; `None` asks for the first page.
    pub cursor: Option<String>,
    /// Whether it carried an access token.
    pub has_access_token: bool,
    /// Whether the query named a webhook's token.
    pub has_webhook_token: bool,
    /// When, by the client's clock.
    pub at: Instant,
}

impl Call {
    /// Reads a request. `None` if it is not one for a page.
    pub(super) fn read(request: &reqwest::Request, at: Instant) -> Option<Self> {
        let body = request.body().and_then(reqwest::Body::as_bytes)?;
        let query: ReadStatusQuery = serde_json::from_slice(body).ok()?;
        Some(Self {
            process_query_key: query.process_query_key,
            open_conversation_id: query.open_conversation_id,
            robot_code: query.robot_code,
            max_results: query
                .max_results
                .and_then(|size| u32::try_from(size.get()).ok()),
            cursor: query.next_token,
            has_access_token: request
                .headers()
                .contains_key("x-acs-dingtalk-access-token"),
            has_webhook_token: query.token.is_some(),
            at,
        })
    }
}
