//! Listing the members of a group.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::contract::definition::Contract;
use crate::contract::refusal::Refusal;
use crate::model::conversation::Conversation;
use crate::model::cursor::{Cursors, Position};
use crate::model::store::Store;
use crate::model::token::IssuedToken;

/// Up to this size, a group comes in one response, whatever page size is asked for.
const WHOLE_GROUP: usize = 1_000;

/// Lists the members of a group, one page of them. The body has passed the contract's schema.
pub(crate) fn list_members(
    store: &Store,
    contract: &Contract,
    cursors: &Cursors,
    caller: &IssuedToken,
    body: &Value,
) -> Result<Bytes, Refusal> {
    let refused = |code: &str| Refusal::new(contract, code);
    let text = |field: &str| body[field].as_str().unwrap_or_default();
    let conversation = match text("openConversationId") {
        "" => return Err(refused("paramBlank")),
        id => store.conversations.get(id),
    };
    let conversation = conversation
        .filter(|it| !it.disbanded)
        .ok_or_else(|| refused("cidEncryptError"))?;
    if !conversation.belongs_to(&caller.corp) {
        return Err(refused("permession.checkFailed"));
    }
    if conversation.members_hidden {
        return Err(refused("groupPermissionDenied"));
    }
    let position = match text("nextToken") {
        "" => Position::FIRST,
        cursor => cursors
            .read(&cursor_scope(conversation), "", cursor)
            .ok_or_else(|| refused("paramIllegal"))?,
    };
    let size = body["maxResults"].as_f64().unwrap_or_default() as usize;
    Ok(page(conversation, cursors, position, size)
        .to_string()
        .into())
}

fn page(conversation: &Conversation, cursors: &Cursors, position: Position, size: usize) -> Value {
    let total = conversation.member_count();
    let size = if total <= WHOLE_GROUP {
        total
    } else {
        size.clamp(1, WHOLE_GROUP)
    };
    let from = usize::try_from(position.offset).unwrap_or(usize::MAX);
    let to = from.saturating_add(size).min(total);
    let has_more = to < total;
    let mut user_ids = Vec::new();
    let mut union_ids = Vec::new();
    let mut names_by_user_id = Map::new();
    let mut names_by_union_id = Map::new();
    for member in conversation.all_members().skip(from).take(size) {
        let name = Value::from(member.name());
        match (member.user_id(), member.union_id()) {
            (Some(id), _) => {
                user_ids.push(id.to_owned());
                names_by_user_id.insert(id.to_owned(), name);
            }
            (None, Some(id)) => {
                union_ids.push(id.to_owned());
                names_by_union_id.insert(id.to_owned(), name);
            }
            (None, None) => {}
        }
    }
    let next = has_more.then(|| {
        let next = Position {
            page: position.page.saturating_add(1),
            offset: u64::try_from(to).unwrap_or(u64::MAX),
        };
        cursors.write(&cursor_scope(conversation), "", next)
    });
    json!({
        "success": true,
        "memberUserIds": user_ids,
        "unionIdList": union_ids,
        "staffIdNickMap": names_by_user_id,
        "unionIdNickMap": names_by_union_id,
        "hasMore": has_more,
        "nextToken": next.unwrap_or_default(),
    })
}

/// What binds a cursor to the members of one conversation; no message has such a key.
fn cursor_scope(conversation: &Conversation) -> String {
    format!("members of {}", conversation.id)
}
