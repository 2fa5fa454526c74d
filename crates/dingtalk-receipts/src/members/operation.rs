//! One page of members, as an operation.

use dingtalk_receipts_api as api;
use dingtalk_receipts_api::types::GroupMembersPage;

use super::page::{MembersCursor, MembersPage};
use crate::access_token::AccessToken;
use crate::decode::{Evidence, decode};
use crate::error::Result;
use crate::executor::{Idempotency, Operation, Unreadable, with_token};
use crate::response::Response;

/// Lists the members of the page at `cursor`.
pub(super) struct ListMembers<'a> {
    pub(super) api: &'a api::Client,
    pub(super) body: api::types::GroupMembersQuery,
    pub(super) cursor: &'a MembersCursor,
}

impl Operation for ListMembers<'_> {
    type Output = MembersPage;

    fn contract(&self) -> &'static api::Operation {
        &api::operations::LIST_GROUP_MEMBERS
    }

    fn idempotency(&self) -> Idempotency {
        Idempotency::Idempotent
    }

    fn request(&self, token: Option<&AccessToken>) -> Result<reqwest::Request> {
        with_token(token, |secret| {
            self.api.list_group_members_request(secret, &self.body)
        })
    }

    fn decode(&self, response: &Response) -> Result<MembersPage, Unreadable> {
        let page: GroupMembersPage = decode(&response.body, |page: &GroupMembersPage| match page
            .member_user_ids
        {
            Some(_) => Evidence::Likely,
            None => Evidence::None,
        })?;
        let request_id = response.request_id().map(str::to_owned);
        Ok(MembersPage::new(page, self.cursor, request_id))
    }
}
