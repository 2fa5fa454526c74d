//! Decodes a page of readers, and tells one from everything else that comes with a status of success.

use std::sync::Arc;

use dingtalk_receipts_api::types::ReadStatusPage;

use crate::cursor::Cursor;
use crate::error::{foreign as foreign_fields, object, without_byte_order_mark};
use crate::executor::Unreadable;
use crate::fields;
use crate::receipts::{Page, readers};
use crate::response::Response;

/// Decodes the page at `cursor`.
pub(super) fn decode(response: &Response, cursor: &Cursor) -> Result<Page, Unreadable> {
    let page = decode_body(&response.body)?;
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

/// Decodes the body. Since a page promises no field at all, one that gives no reader is looked at twice: the page of a
/// banned address, or an error that came as a success, must not pass for an empty last page.
fn decode_body(body: &[u8]) -> Result<ReadStatusPage, Unreadable> {
    let body = without_byte_order_mark(body);
    // Looking once whether all of it is text costs an eighth of what it costs to look at each string in it.
    let page: serde_json::Result<ReadStatusPage> = match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(body),
    };
    let foreign = |why: &str| Err(Unreadable::Foreign(why.to_owned()));
    let is_object = body.trim_ascii_start().starts_with(b"{");
    match page {
        Ok(page) if is_object && page.send_status.is_some() && has_readers(&page) => Ok(page),
        Ok(page) if is_object => {
            let fields = object(body).unwrap_or_default();
            let known = fields::of::<ReadStatusPage>();
            match foreign_fields(&fields, known, page.send_status.is_some()) {
                Some(why) => foreign(why),
                None => Ok(page),
            }
        }
        Err(_) if body.is_empty() => foreign("it is empty"),
        Err(error) if error.is_eof() => Err(Unreadable::CutOff),
        Err(error) if error.is_syntax() && body.starts_with(GZIP) => foreign(&format!(
            "it is still packed with gzip; its headers do not say so in the usual way ({error})"
        )),
        Err(error) if error.is_syntax() => foreign(&format!("it is not JSON ({error})")),
        Err(_) if is_object => foreign(&misfit(body)),
        Ok(_) | Err(_) => foreign("it is not a JSON object"),
    }
}

/// How each file of gzip begins.
const GZIP: &[u8] = b"\x1f\x8b";

fn has_readers(page: &ReadStatusPage) -> bool {
    page.read_users
        .as_ref()
        .is_some_and(|users| !users.is_empty())
        || page
            .read_user_ids
            .as_ref()
            .is_some_and(|ids| !ids.is_empty())
}

/// Where a body does not fit the contract: the path, not the value.
fn misfit(body: &[u8]) -> String {
    let mut json = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, ReadStatusPage>(&mut json) {
        Err(error) => {
            let place = format!(
                "line {} column {}",
                error.inner().line(),
                error.inner().column()
            );
            match error.path().iter().next() {
                Some(_) => format!("`{}` has the wrong type, at {place}", error.path()),
                // Of the object as a whole, only a field that comes twice can be wrong.
                None => error.inner().to_string(),
            }
        }
        Ok(_) => "it could not be read".to_owned(),
    }
}
