//! The members of a group: their ids and names, by pages, and a group whose members DingTalk does not tell.

use dingtalk_receipts_sandbox::{Conversation, Member, Operation};

use super::{GROUP, ROBOT, group};
use crate::support::client;

#[tokio::test]
async fn members_have_ids_and_names() {
    let list = [
        Member::new("manager", "union-1", "Zhang San"),
        Member::outside("union-2", "Wang Wu"),
    ];
    let sandbox = group(0)
        .conversation(Conversation::new(GROUP).robot(ROBOT).member_list(list))
        .start()
        .await
        .unwrap();
    let members = client(&sandbox).members(GROUP).collect().await.unwrap();
    let told: Vec<_> = members
        .iter()
        .map(|member| (member.id(), member.name.as_deref()))
        .collect();
    assert_eq!(
        told,
        [("manager", Some("Zhang San")), ("union-2", Some("Wang Wu"))]
    );
    assert_eq!(members[0].user_id.as_deref(), Some("manager"));
    assert_eq!(members[1].user_id, None);
}

#[tokio::test]
async fn a_large_group_comes_by_pages_and_each_member_once() {
    let sandbox = group(2_500).start().await.unwrap();
    let client = client(&sandbox);
    let members = client.members(GROUP).collect().await.unwrap();
    let ids: std::collections::HashSet<_> = members.iter().map(|member| member.id()).collect();
    assert_eq!((members.len(), ids.len()), (2_500, 2_500));
    assert!(sandbox.count(Operation::Members) > 1);

    let mut pages = client.members(GROUP).pages();
    let first = pages.try_next().await.unwrap().unwrap();
    assert!(!first.members.is_empty() && first.request_id.is_some());
}

#[tokio::test]
async fn a_group_that_is_not_the_apps_own_is_refused_with_its_code() {
    let sandbox = group(1)
        .conversation(Conversation::new("other").robot(ROBOT).members_hidden())
        .start()
        .await
        .unwrap();
    let error = client(&sandbox)
        .members("other")
        .collect()
        .await
        .unwrap_err();
    assert!(error.is_permission_denied(), "{error}");
    assert_eq!(error.raw_code(), Some("groupPermissionDenied"));
}

#[tokio::test]
async fn a_group_that_is_not_named_is_told_before_anything_is_sent() {
    let sandbox = group(1).start().await.unwrap();
    let error = client(&sandbox).members(" ").collect().await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert_eq!(sandbox.count(Operation::Members), 0);
}
