//! Quota by the second, the minute, and the month.

use std::time::Duration;

use dingtalk_receipts_sandbox::{App, Conversation, Operation, Quota, Sandbox, Usage};
use serde_json::json;

use crate::support::{message, page, query_as, refusal, request};

const SECOND: Duration = Duration::from_secs(1);

async fn limited(quota: Quota) -> Sandbox {
    let builder = Sandbox::builder()
        .message(message())
        .quota(Operation::Query, quota);
    builder.start().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_second_lets_so_many_calls_through_and_no_more() {
    let sandbox = limited(Quota::per_second(3)).await;
    for _ in 0..3 {
        page(&sandbox, json!({})).await;
    }
    let refused = (
        403,
        "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi".to_owned(),
    );
    assert_eq!(refusal(&sandbox, json!({})).await, refused);
    sandbox.clock().advance(SECOND);
    page(&sandbox, json!({})).await;
    let usage = sandbox.usage(Operation::Query);
    assert_eq!((usage.used, usage.throttled, usage.over_month), (4, 1, 0));
}

#[tokio::test(start_paused = true)]
async fn the_second_slides() {
    let sandbox = limited(Quota::per_second(2)).await;
    page(&sandbox, json!({})).await;
    sandbox.clock().advance(SECOND * 6 / 10);
    page(&sandbox, json!({})).await;
    sandbox.clock().advance(SECOND / 2);
    page(&sandbox, json!({})).await;
    assert_eq!(
        refusal(&sandbox, json!({})).await.0,
        403,
        "0.6 s and 1.1 s are one second"
    );
    sandbox.clock().advance(SECOND / 2);
    page(&sandbox, json!({})).await;
}

#[tokio::test(start_paused = true)]
async fn the_second_can_be_one_of_the_clock_s() {
    let sandbox = limited(Quota::per_second(2).fixed_windows()).await;
    sandbox.clock().advance(SECOND * 9 / 10);
    page(&sandbox, json!({})).await;
    page(&sandbox, json!({})).await;
    assert_eq!(refusal(&sandbox, json!({})).await.0, 403);
    sandbox.clock().advance(SECOND / 10);
    page(&sandbox, json!({})).await;
    page(&sandbox, json!({})).await;
    assert_eq!(refusal(&sandbox, json!({})).await.0, 403);
}

#[tokio::test(start_paused = true)]
async fn a_minute_has_its_own_limit_and_code() {
    let sandbox = limited(Quota::per_second(2).per_minute(3)).await;
    for _ in 0..3 {
        page(&sandbox, json!({})).await;
        sandbox.clock().advance(SECOND);
    }
    let refused = (
        403,
        "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi".to_owned(),
    );
    assert_eq!(refusal(&sandbox, json!({})).await, refused);
    sandbox.clock().advance(60 * SECOND);
    page(&sandbox, json!({})).await;
}

#[tokio::test(start_paused = true)]
async fn a_month_s_calls_are_used_up_and_refused_ones_do_not_count() {
    let sandbox = limited(Quota::per_second(1).per_month(2)).await;
    page(&sandbox, json!({})).await;
    assert_eq!(refusal(&sandbox, json!({})).await.0, 403);
    sandbox.clock().advance(SECOND);
    page(&sandbox, json!({})).await;
    sandbox.clock().advance(SECOND);
    let refused = (403, "Forbidden.AccessDenied.ApiCountLimitForOrg".to_owned());
    assert_eq!(refusal(&sandbox, json!({})).await, refused);
    let usage = sandbox.usage(Operation::Query);
    assert_eq!((usage.used, usage.throttled, usage.over_month), (2, 1, 1));
    sandbox
        .clock()
        .advance(Duration::from_secs(31 * 24 * 3_600));
    page(&sandbox, json!({})).await;
}

#[tokio::test(start_paused = true)]
async fn a_suite_is_limited_for_each_corp_with_its_own_code() {
    let sandbox = Sandbox::builder()
        .app(App::third_party("suite", "secret").corp("one").corp("two"))
        .conversation(Conversation::new("cid").corp("one").robot("robot"))
        .message(message())
        .quota(Operation::Query, Quota::per_second(1))
        .start()
        .await
        .unwrap();
    let mut tokens = Vec::new();
    for corp in ["one", "two"] {
        let body = json!({ "client_id": "suite", "client_secret": "secret",
            "grant_type": "client_credentials" });
        let path = format!("/v1.0/oauth2/{corp}/token");
        let answer = request(&sandbox, &path, &body).send().await.unwrap();
        let answer: serde_json::Value = answer.json().await.unwrap();
        tokens.push(answer["access_token"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        query_as(&sandbox, &tokens[0], json!({})).await.status(),
        200
    );
    let throttled = crate::support::code(query_as(&sandbox, &tokens[0], json!({})).await).await;
    let expected = "Forbidden.AccessDenied.QpsLimitForSuitekeyAndOrgAndApi".to_owned();
    assert_eq!(throttled, (403, expected));
    let other = crate::support::code(query_as(&sandbox, &tokens[1], json!({})).await).await;
    assert_eq!(
        other.1, "conversation.org.dismatch",
        "another corp has its own limit"
    );
}

#[tokio::test]
async fn there_is_no_limit_unless_one_is_set() {
    let sandbox = Sandbox::builder().message(message()).start().await.unwrap();
    for _ in 0..100 {
        page(&sandbox, json!({})).await;
    }
    let expected = Usage {
        used: 100,
        ..Usage::default()
    };
    assert_eq!(sandbox.usage(Operation::Query), expected);
    sandbox.set_quota(Operation::Query, Quota::monthly(1));
    page(&sandbox, json!({})).await;
    assert_eq!(refusal(&sandbox, json!({})).await.0, 403);
}
