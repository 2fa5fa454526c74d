//! Decodes a page of readers.

use std::sync::Arc;

use dingtalk_receipts_api::types::ReadStatusPage;

use crate::cursor::Cursor;
use crate::decode::Evidence;
use crate::executor::Unreadable;
use crate::receipts::{Page, readers};
use crate::response::Response;

/// Decodes the page at `cursor`.
pub(super) fn decode(response: &Response, cursor: &Cursor) -> Result<Page, Unreadable> {
    let page = crate::decode::decode(&response.body, evidence)?;
    let next = page.next_token.filter(|token| !token.is_empty());
    // What the last page has for a cursor is not documented: the flag decides, and without it the cursor.
    let has_more = page.has_more.unwrap_or(next.is_some());
    Ok(Page {
        send_status: page.send_status,
        readers: readers(page.read_user_ids, page.read_users),
        has_more,
        request_id: response.request_id().map(str::to_owned),
        next: next.filter(|_| has_more).map(|next| Cursor {
            message: Arc::clone(&cursor.message),
            next: Some(next),
            pages: cursor.pages + 1,
        }),
        cursor: cursor.clone(),
    })
}

/// Since a page promises no field at all, one that gives no reader is looked at twice: it must not pass for an empty last
/// page if it is something else.
fn evidence(page: &ReadStatusPage) -> Evidence {
    match page.send_status {
        Some(_) if has_readers(page) => Evidence::Certain,
        Some(_) => Evidence::Likely,
        None => Evidence::None,
    }
}

fn has_readers(page: &ReadStatusPage) -> bool {
    page.read_users
        .as_ref()
        .is_some_and(|users| !users.is_empty())
        || page
            .read_user_ids
            .as_ref()
            .is_some_and(|ids| !ids.is_empty())
}
