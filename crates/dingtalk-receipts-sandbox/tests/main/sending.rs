//! Sending a message, who reads it, recalling it, and the members of a group.

use std::collections::BTreeSet;
use std::time::Duration;

use dingtalk_receipts_sandbox::{
    Answer, App, Conversation, Member, Message, Operation, Reader, ReadingCurve, RecallOutcome,
    Robot, Sandbox, SandboxBuilder, SendLimit,
};
use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{QUERY, TOKEN_HEADER, code, request};

const SEND: &str = "/v1.0/robot/groupMessages/send";
const RECALL: &str = "/v1.0/robot/groupMessages/recall";
const MEMBERS: &str = "/v1.0/im/sceneGroups/members/batchQuery";

const HOUR: Duration = Duration::from_secs(3_600);

fn group() -> Conversation {
    Conversation::new("cid").robot("robot")
}

fn builder(group: Conversation) -> SandboxBuilder {
    Sandbox::builder().conversation(group)
}

async fn start(group: Conversation) -> Sandbox {
    builder(group).start().await.unwrap()
}

async fn call(sandbox: &Sandbox, path: &str, body: &Value) -> Response {
    request(sandbox, path, body)
        .header(TOKEN_HEADER, sandbox.static_token())
        .send()
        .await
        .unwrap()
}

async fn ok(sandbox: &Sandbox, path: &str, body: &Value) -> Value {
    let response = call(sandbox, path, body).await;
    let status = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).unwrap()
}

async fn refused(sandbox: &Sandbox, path: &str, body: &Value) -> String {
    let (status, code) = code(call(sandbox, path, body).await).await;
    assert_eq!(status, 400, "{code}");
    code
}

/// A text message with other fields; `null` takes a field out.
fn text(changes: Value) -> Value {
    with(
        json!({
            "msgKey": "sampleText", "msgParam": r#"{"content":"Deploy done"}"#,
            "openConversationId": "cid", "robotCode": "robot",
        }),
        changes,
    )
}

fn with(mut body: Value, changes: Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        if value.is_null() {
            body.as_object_mut().unwrap().remove(field);
        } else {
            body[field] = value.clone();
        }
    }
    body
}

async fn sent(sandbox: &Sandbox) -> String {
    let response = ok(sandbox, SEND, &text(json!({}))).await;
    response["processQueryKey"].as_str().unwrap().to_owned()
}

async fn readers(sandbox: &Sandbox, key: &str) -> Value {
    let body = json!({ "processQueryKey": key, "openConversationId": "cid", "robotCode": "robot" });
    ok(sandbox, QUERY, &body).await
}

async fn recalled(sandbox: &Sandbox, keys: &[&str]) -> Value {
    let body =
        json!({ "openConversationId": "cid", "robotCode": "robot", "processQueryKeys": keys });
    ok(sandbox, RECALL, &body).await
}

#[tokio::test]
async fn a_message_is_processed_and_then_read_by_members_along_the_curve() {
    let curve = ReadingCurve::seeded(7)
        .median(Duration::from_secs(60))
        .never(0.2);
    let group = group().members(100).reading(curve);
    let sandbox = start(group.processing(HOUR)).await;
    let key = sent(&sandbox).await;
    let page = readers(&sandbox, &key).await;
    assert_eq!(page["sendStatus"], "PROCESSING");
    assert_eq!(page["readUserIds"], json!([]));

    let mut counts = Vec::new();
    let mut before: Vec<Value> = Vec::new();
    for seconds in [3_610, 60, 60, 600, 86_400, 40 * 86_400] {
        sandbox.clock().advance(Duration::from_secs(seconds));
        let page = readers(&sandbox, &key).await;
        assert_eq!(page["sendStatus"], "SUCCESS");
        let now = page["readUserIds"].as_array().unwrap().clone();
        assert!(now.starts_with(&before), "cursors count in this order");
        counts.push(now.len());
        before = now;
    }
    assert!(counts[1] > 25, "a fast start: {counts:?}");
    assert!(counts[3] < counts[5], "a long tail: {counts:?}");
    assert!((65..95).contains(&counts[5]), "some never read: {counts:?}");
    let distinct: BTreeSet<_> = before.iter().map(ToString::to_string).collect();
    assert_eq!(distinct.len(), before.len());
}

#[tokio::test]
async fn a_seed_gives_the_same_readers_in_another_sandbox_and_each_message_has_its_own() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let sandbox = start(group().members(50)).await;
        let keys = [sent(&sandbox).await, sent(&sandbox).await];
        // After the longest delay: the time that the calls take does not matter.
        sandbox.clock().advance(40 * 24 * HOUR);
        for key in keys {
            seen.push(readers(&sandbox, &key).await["readUserIds"].clone());
        }
    }
    assert_ne!(seen[0], seen[1]);
    assert_eq!(seen[..2], seen[2..]);
}

#[tokio::test]
async fn what_was_sent_is_there_for_assertions() {
    let sandbox = start(group()).await;
    let key = sent(&sandbox).await;
    let all = sandbox.sent();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].process_query_key, key);
    assert_eq!(all[0].msg_param, json!({ "content": "Deploy done" }));
    assert_eq!(
        (&*all[0].open_conversation_id, &*all[0].robot_code),
        ("cid", "robot")
    );
    assert_eq!(sandbox.count(Operation::Send), 1);
}

#[tokio::test]
async fn a_reader_added_by_hand_is_not_counted_again_when_the_curve_comes_to_them() {
    let curve = ReadingCurve::seeded(0).never(0.0);
    let sandbox = start(group().members(3).reading(curve).processing(HOUR)).await;
    let key = sent(&sandbox).await;
    assert!(sandbox.add_reader(&key, Reader::generated(2)));
    sandbox.clock().advance(Duration::from_secs(40 * 86_400));
    let page = readers(&sandbox, &key).await;
    assert_eq!(page["readUserIds"].as_array().unwrap().len(), 3);
    assert!(
        page["readUserIds"]
            .as_array()
            .unwrap()
            .contains(&json!("user000002"))
    );
}

#[tokio::test]
async fn a_recalled_message_says_so_and_gathers_no_more_readers() {
    let curve = ReadingCurve::seeded(0).never(0.0);
    let sandbox = start(group().members(50).reading(curve)).await;
    let key = sent(&sandbox).await;
    sandbox.clock().advance(Duration::from_secs(300));
    let result = recalled(&sandbox, &[&key]).await;
    let before = readers(&sandbox, &key).await;
    assert_eq!(
        result,
        json!({ "successResult": [key], "failedResult": {} })
    );
    sandbox.clock().advance(Duration::from_secs(86_400));
    let after = readers(&sandbox, &key).await;
    assert_eq!(after["sendStatus"], "RECALLED");
    assert!((1..50).contains(&after["readUserIds"].as_array().unwrap().len()));
    assert_eq!(after["readUserIds"], before["readUserIds"]);
    assert_eq!(recalled(&sandbox, &[&key]).await, result, "once more");
}

#[tokio::test]
async fn recalling_fails_in_part_and_may_leave_a_key_out() {
    let sandbox = builder(group())
        .message(Message::new("a").conversation("cid").robot("robot"))
        .message(
            Message::new("b")
                .conversation("cid")
                .robot("robot")
                .recall_outcome(RecallOutcome::Failed("TOO_LATE".to_owned())),
        )
        .message(
            Message::new("c")
                .conversation("cid")
                .robot("robot")
                .recall_outcome(RecallOutcome::Unanswered),
        )
        .message(Message::new("d").conversation("other").robot("robot"))
        .start()
        .await
        .unwrap();
    let result = recalled(&sandbox, &["a", "b", "c", "d", "unknown"]).await;
    let failed = json!({ "b": "TOO_LATE", "d": "SYSTEM_ERROR", "unknown": "SYSTEM_ERROR" });
    assert_eq!(
        result,
        json!({ "successResult": ["a"], "failedResult": failed })
    );
}

#[tokio::test]
async fn recalling_is_refused_by_its_own_codes() {
    let robots = builder(group().robot("other-app").robot("stopped"))
        .robot(Robot::new("other-app").app("somebody"))
        .robot(Robot::new("stopped").stopped());
    let sandbox = robots.start().await.unwrap();
    let body = |changes| {
        let body =
            json!({ "openConversationId": "cid", "robotCode": "robot", "processQueryKeys": ["k"] });
        with(body, changes)
    };
    let many = vec!["key"; 21];
    for (changes, expected) in [
        (
            json!({ "openConversationId": null }),
            "MissingopenConversationId",
        ),
        (
            json!({ "openConversationId": "" }),
            "miss.openConversationId",
        ),
        (
            json!({ "openConversationId": "nowhere" }),
            "invalid.openConversationId",
        ),
        (json!({ "robotCode": null }), "MissingrobotCode"),
        (json!({ "robotCode": "" }), "miss.chatbotId"),
        (json!({ "robotCode": "a b" }), "invalidParameter.robotCode"),
        (
            json!({ "robotCode": "absent" }),
            "invalidParameter.robotCode.notExsit",
        ),
        (json!({ "robotCode": "other-app" }), "not.allowed.robotCode"),
        (json!({ "robotCode": "stopped" }), "bot.stopped"),
        (
            json!({ "processQueryKeys": [] }),
            "invalidParameter.processQueryKey.missing",
        ),
        (
            json!({ "processQueryKeys": [""] }),
            "invalidParameter.param.invalid",
        ),
        (
            json!({ "processQueryKeys": "key" }),
            "invalidParameter.param.invalid",
        ),
        (
            json!({ "processQueryKeys": many }),
            "invalidParameter.processQueryKeys.overMax",
        ),
        (
            json!({ "processQueryKeys": ["unknown"] }),
            "invalid.processQueryKey",
        ),
    ] {
        let body = body(changes);
        assert_eq!(refused(&sandbox, RECALL, &body).await, expected, "{body}");
    }
    assert_eq!(sandbox.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn sending_is_refused_by_its_own_codes() {
    let sandbox = builder(group().robot("muted").robot("other-app").robot("stopped"))
        .robot(Robot::new("muted").muted())
        .robot(Robot::new("other-app").app("somebody"))
        .robot(Robot::new("stopped").stopped())
        .conversation(Conversation::new("gone").robot("robot").disbanded())
        .conversation(
            Conversation::new("forbidden")
                .robot("robot")
                .sending_forbidden(),
        )
        .conversation(Conversation::new("theirs").robot("robot").corp("another"))
        .start()
        .await
        .unwrap();
    let long = format!(r#"{{"content":"{}"}}"#, "长".repeat(5_000));
    for (changes, expected) in [
        (json!({ "msgKey": null }), "MissingmsgKey"),
        (json!({ "msgKey": "" }), "invalidParameter.msgKey.empty"),
        (
            json!({ "msgKey": "sampleNothing" }),
            "invalidParameter.msgKey.invalid",
        ),
        (json!({ "msgParam": null }), "MissingmsgParam"),
        (
            json!({ "msgParam": "text" }),
            "invalidParameter.msgParam.invalid",
        ),
        (
            json!({ "msgParam": "[]" }),
            "invalidParameter.msgParam.invalid",
        ),
        (json!({ "msgParam": {} }), "invalidParameter.param.invalid"),
        (json!({ "msgParam": "{}" }), "miss.param.contentOfText"),
        (
            json!({ "msgParam": r#"{"content":1}"# }),
            "invalidParameter.param.invalid",
        ),
        (
            json!({ "msgKey": "sampleMarkdown", "msgParam": r#"{"title":"x"}"# }),
            "miss.param.markdownTotext",
        ),
        (
            json!({ "msgParam": long }),
            "invalidParameter.msgParam.tooLong",
        ),
        (
            json!({ "openConversationId": null }),
            "miss.openConversationId",
        ),
        (
            json!({ "openConversationId": "nowhere" }),
            "invalid.openConversationId",
        ),
        (
            json!({ "openConversationId": "theirs" }),
            "conversation.org.notMatch",
        ),
        (json!({ "openConversationId": "gone" }), "group.disbanded"),
        (
            json!({ "openConversationId": "forbidden" }),
            "send.forbidden",
        ),
        (
            json!({ "openConversationId": null, "token": "unknown" }),
            "token.notExisted",
        ),
        (
            json!({ "robotCode": null }),
            "invalidParameter.robotCode.missing",
        ),
        (
            json!({ "robotCode": "" }),
            "invalidParameter.robotCode.empty",
        ),
        (
            json!({ "robotCode": "a b" }),
            "invalidParameter.robotCode.invalid",
        ),
        (
            json!({ "robotCode": "absent" }),
            "invalidParameter.robotCode.notExsit",
        ),
        (
            json!({ "robotCode": "other-app" }),
            "invalidParameter.robotCode.auth",
        ),
        (json!({ "robotCode": "stopped" }), "bot.stopped"),
        (json!({ "robotCode": "muted" }), "bot.forbidden.sendMessage"),
    ] {
        let body = text(changes);
        assert_eq!(refused(&sandbox, SEND, &body).await, expected, "{body}");
    }
    assert_eq!(sandbox.sent(), []);
    assert_eq!(sandbox.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn every_documented_type_of_message_can_be_sent_as_the_contract_shows_it() {
    let source = openapi_document::Source::parse(
        "contract",
        include_str!("../../openapi/dingtalk-receipts.yaml"),
    )
    .unwrap();
    let document = source.value();
    let sandbox = start(group()).await;
    let types = document["x-message-types"].as_object().unwrap();
    assert_eq!(types.len(), 13);
    for (key, schema) in types {
        let schema = openapi_document::follow(document, schema).unwrap();
        let content = schema["example"].to_string();
        let body = text(json!({ "msgKey": key, "msgParam": content }));
        ok(&sandbox, SEND, &body).await;
        for field in schema["required"].as_array().unwrap() {
            let mut lacking = schema["example"].clone();
            lacking
                .as_object_mut()
                .unwrap()
                .remove(field.as_str().unwrap());
            let body = text(json!({ "msgKey": key, "msgParam": lacking.to_string() }));
            let code = refused(&sandbox, SEND, &body).await;
            assert!(
                code.starts_with("miss.param.") || key == "sampleLink",
                "{key} {field}: {code}"
            );
        }
    }
}

#[tokio::test]
async fn a_robot_that_sends_too_fast_is_blocked_for_a_time() {
    let limit = SendLimit::per_minute(2).blocked_for(Duration::from_secs(600));
    let sandbox = builder(group())
        .robot(Robot::new("robot").send_limit(limit))
        .start()
        .await
        .unwrap();
    sent(&sandbox).await;
    sent(&sandbox).await;
    assert_eq!(
        refused(&sandbox, SEND, &text(json!({}))).await,
        "send.too.fast"
    );
    sandbox.clock().advance(Duration::from_secs(120));
    assert_eq!(
        refused(&sandbox, SEND, &text(json!({}))).await,
        "send.too.fast"
    );
    sandbox.clock().advance(Duration::from_secs(480));
    sent(&sandbox).await;
    assert_eq!(sandbox.sent().len(), 3);
}

#[tokio::test]
async fn sending_by_a_webhook_s_token_goes_to_its_group_twenty_times_a_minute() {
    let sandbox = builder(group())
        .robot(Robot::new("robot").webhook_token("hook"))
        .start()
        .await
        .unwrap();
    let by_token = text(json!({ "openConversationId": null, "robotCode": null, "token": "hook" }));
    for _ in 0..20 {
        ok(&sandbox, SEND, &by_token).await;
    }
    assert_eq!(
        refused(&sandbox, SEND, &by_token).await,
        "send.byToken.tooFast"
    );
    assert!(
        sandbox
            .sent()
            .iter()
            .all(|message| message.open_conversation_id == "cid")
    );
}

#[tokio::test]
async fn a_response_can_be_lost_though_the_message_was_sent() {
    let sandbox = start(group()).await;
    let faults = [
        (Answer::gateway_page(504).executed(), true),
        (Answer::genuine().reset_after_request(), true),
        (Answer::genuine().omit("processQueryKey"), true),
        (Answer::error("unknown.send.result").executed(), true),
        (Answer::gateway_page(504), false),
        (Answer::genuine().reset_before_request(), false),
        (Answer::error("send.too.fast"), false),
    ];
    for (fault, executed) in faults {
        let before = sandbox.sent().len();
        let shown = format!("{fault:?}");
        sandbox.script(Operation::Send).then(fault);
        let response = request(&sandbox, SEND, &text(json!({})))
            .header(TOKEN_HEADER, sandbox.static_token())
            .send()
            .await;
        if let Ok(response) = response {
            let body = response.text().await.unwrap_or_default();
            assert!(!body.contains("processQueryKey"), "{shown}: {body}");
        }
        assert_eq!(
            sandbox.sent().len() - before,
            usize::from(executed),
            "{shown}"
        );
    }
}

fn members_of(changes: Value) -> Value {
    with(
        json!({ "openConversationId": "cid", "maxResults": 200 }),
        changes,
    )
}

#[tokio::test]
async fn members_come_with_their_names_and_those_from_outside_by_union_id() {
    let outside = Member::outside("union-o", "Wang Wu");
    let listed = [Member::new("zhang", "union-z", "Zhang San"), outside];
    let sandbox = start(group().members(1).member_list(listed)).await;
    let page = ok(&sandbox, MEMBERS, &members_of(json!({}))).await;
    assert_eq!(
        page,
        json!({
            "success": true,
            "memberUserIds": ["user000000", "zhang"],
            "unionIdList": ["union-o"],
            "staffIdNickMap": { "user000000": "Person 0", "zhang": "Zhang San" },
            "unionIdNickMap": { "union-o": "Wang Wu" },
            "hasMore": false,
            "nextToken": "",
        })
    );
}

#[tokio::test]
async fn up_to_a_thousand_members_come_at_once_and_more_in_pages() {
    for (members, pages) in [(0, 1), (1_000, 1), (1_001, 6), (1_200, 6)] {
        let sandbox = start(group().members(members)).await;
        let mut seen = Vec::new();
        let mut cursor = json!("");
        let mut calls = 0;
        loop {
            let page = ok(
                &sandbox,
                MEMBERS,
                &members_of(json!({ "nextToken": cursor })),
            )
            .await;
            calls += 1;
            seen.extend(page["memberUserIds"].as_array().unwrap().clone());
            cursor = page["nextToken"].clone();
            assert_eq!(page["hasMore"] == true, cursor != "");
            if page["hasMore"] == false {
                break;
            }
        }
        assert_eq!((seen.len() as u64, calls), (members, pages));
        let distinct: BTreeSet<_> = seen.iter().map(ToString::to_string).collect();
        assert_eq!(distinct.len() as u64, members);
    }
}

#[tokio::test]
async fn listing_members_is_refused_by_its_own_codes() {
    let sandbox = builder(group())
        .conversation(Conversation::new("hidden").members_hidden())
        .conversation(Conversation::new("theirs").corp("another"))
        .start()
        .await
        .unwrap();
    for (changes, expected) in [
        (
            json!({ "openConversationId": null }),
            "MissingopenConversationId",
        ),
        (json!({ "maxResults": null }), "MissingmaxResults"),
        (json!({ "openConversationId": "" }), "paramBlank"),
        (
            json!({ "openConversationId": "nowhere" }),
            "cidEncryptError",
        ),
        (
            json!({ "openConversationId": "hidden" }),
            "groupPermissionDenied",
        ),
        (
            json!({ "openConversationId": "theirs" }),
            "permession.checkFailed",
        ),
        (json!({ "maxResults": 0 }), "paramIllegal"),
        (json!({ "maxResults": "many" }), "paramIllegal"),
        (json!({ "nextToken": "50" }), "paramIllegal"),
    ] {
        let body = members_of(changes);
        assert_eq!(refused(&sandbox, MEMBERS, &body).await, expected, "{body}");
    }
    assert_eq!(sandbox.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn each_operation_needs_the_permission_that_the_contract_names() {
    let sandbox = builder(group())
        .app(App::internal("key", "secret").scopes(["qyapi_robot_sendmsg"]))
        .start()
        .await
        .unwrap();
    sent(&sandbox).await;
    let response = call(&sandbox, MEMBERS, &members_of(json!({}))).await;
    assert_eq!(response.status(), 403);
    let body: Value = response.json().await.unwrap();
    assert_eq!(
        body["accessdenieddetail"]["requiredScopes"],
        json!(["qyapi_chat_manage"])
    );
}
