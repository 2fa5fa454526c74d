//! A page of members, and its place in the list.

use dingtalk_receipts_api::types;

use crate::error::Error;
use crate::pager::{Paged, Place};

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// The user id, of a member of the organisation.
    pub user_id: Option<String>,
    /// The union id, of a member from outside.
    pub union_id: Option<String>,
    /// The name in the group, if DingTalk gave one.
    pub name: Option<String>,
}

impl Member {
    /// The id that there is: the user id, or else the union id.
    pub fn id(&self) -> &str {
        let id = self.user_id.as_deref().or(self.union_id.as_deref());
        id.unwrap_or_default()
    }
}

/// A page of members. Its size is the server's choice: a group of up to 1,000 comes in one page (KB 0751).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MembersPage {
    /// The members, those of the organisation first.
    pub members: Vec<Member>,
    /// DingTalk's id of the call.
    pub request_id: Option<String>,
    pub(super) has_more: bool,
    pub(super) cursor: MembersCursor,
    pub(super) next: Option<MembersCursor>,
}

/// A place in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MembersCursor(pub(super) Option<String>);

impl MembersPage {
    pub(super) fn new(
        page: types::GroupMembersPage,
        cursor: &MembersCursor,
        request_id: Option<String>,
    ) -> Self {
        let names = page.staff_id_nick_map.unwrap_or_default();
        let outside = page.union_id_nick_map.unwrap_or_default();
        let of_organisation = page.member_user_ids.into_iter().flatten();
        let members = of_organisation.map(|id| Member {
            name: names.get(&id).cloned(),
            user_id: Some(id),
            union_id: None,
        });
        let from_outside = page.union_id_list.into_iter().flatten();
        let from_outside = from_outside.map(|id| Member {
            name: outside.get(&id).cloned(),
            user_id: None,
            union_id: Some(id),
        });
        let next = page.next_token.filter(|token| !token.is_empty());
        let has_more = page.has_more.unwrap_or(next.is_some());
        Self {
            members: members.chain(from_outside).collect(),
            request_id,
            has_more,
            cursor: cursor.clone(),
            next: next
                .filter(|_| has_more)
                .map(|next| MembersCursor(Some(next))),
        }
    }
}

impl Paged for MembersPage {
    type Cursor = MembersCursor;

    fn cursor(&self) -> &MembersCursor {
        &self.cursor
    }

    fn next(&self) -> Option<&MembersCursor> {
        self.next.as_ref()
    }

    fn has_more(&self) -> bool {
        self.has_more
    }

    fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

impl Place for MembersCursor {
    fn token(&self) -> Option<&str> {
        self.0.as_deref()
    }

    fn first(&self) -> Self {
        Self::default()
    }

    /// A list of members is short and begins anew.
    fn attach(&self, error: Error) -> Error {
        error
    }
}
