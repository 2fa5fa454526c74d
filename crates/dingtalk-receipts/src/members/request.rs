//! The request builder: the members of which group.

use std::sync::Arc;

use dingtalk_receipts_api::types;

use super::operation::ListMembers;
use super::page::{Member, MembersCursor, MembersPage};
use super::stream::Members;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::pager::{Pager, PagerOptions};
use crate::task::Task;

impl Client {
    /// Begins a list of the members of a group, by its open conversation id.
    ///
    /// DingTalk lists the members of a group that was made from one of the app's templates, or that has a cool app of
    /// the app (KB 0751). Any other is [refused](Error::is_permission_denied) with `groupPermissionDenied`: compare
    /// with a list of your own instead.
    ///
    /// ```no_run
    /// # async fn example(client: dingtalk_receipts::Client) -> dingtalk_receipts::Result<()> {
    /// for member in client.members("cid6KeBBLoveMJOGXoYKF5x7EeiodoA==").collect().await? {
    ///     println!("{} {}", member.id(), member.name.as_deref().unwrap_or_default());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn members(&self, open_conversation_id: impl Into<String>) -> MembersQuery {
        MembersQuery {
            client: self.clone(),
            conversation: open_conversation_id.into(),
            cool_app: None,
        }
    }
}

/// A list of the members of a group, as [`Client::members`] begins it.
#[derive(Debug, Clone)]
#[must_use = "a query asks nothing until it is sent"]
pub struct MembersQuery {
    client: Client,
    conversation: String,
    cool_app: Option<String>,
}

impl MembersQuery {
    /// The cool app that is installed in the group; needed for a group that is not of the app's own template.
    pub fn cool_app(mut self, code: impl Into<String>) -> Self {
        self.cool_app = Some(code.into());
        self
    }

    /// The pages of the list, fetched as they are asked for.
    pub fn pages(self) -> Members {
        let start = if self.conversation.trim().is_empty() {
            Err(Error::argument(
                "the group is not named; give its open conversation id",
            ))
        } else {
            Ok(MembersCursor::default())
        };
        let query = Arc::new(self);
        let fetch = move |cursor: &MembersCursor| {
            let (query, cursor) = (Arc::clone(&query), cursor.clone());
            Task::start(async move { query.page(&cursor).await })
        };
        Members::new(Pager::new(start, PagerOptions::default(), fetch))
    }

    /// All members.
    ///
    /// # Errors
    ///
    /// The group is not named, or a call failed.
    pub async fn collect(self) -> Result<Vec<Member>> {
        let mut pages = self.pages();
        let mut members = Vec::new();
        while let Some(page) = pages.try_next().await? {
            members.extend(page.members);
        }
        Ok(members)
    }

    async fn page(&self, cursor: &MembersCursor) -> Result<MembersPage> {
        let client = &self.client;
        let max = types::GroupMembersQueryMaxResults::MAX;
        let max_results = types::GroupMembersQueryMaxResults::new(max)
            .map_err(|error| Error::argument(error.to_string()))?;
        let operation = ListMembers {
            api: &client.shared.api,
            body: types::GroupMembersQuery {
                open_conversation_id: self.conversation.clone(),
                cool_app_code: self.cool_app.clone(),
                max_results,
                next_token: cursor.0.clone(),
            },
            cursor,
        };
        client.execute(&operation, client.shared.limits).await
    }
}
