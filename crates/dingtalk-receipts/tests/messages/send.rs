//! Sending: what is sent, what is refused before, and what is never sent twice.

use std::time::Duration;

use dingtalk_receipts::{Card, Message, RetryPolicy, SendStatus};
use dingtalk_receipts_sandbox::{Answer, Conversation, Operation, Robot};
use serde_json::json;

use super::{GROUP, ROBOT, group, hello};
use crate::support::{builder, client};

#[tokio::test]
async fn a_message_is_sent_and_can_be_queried() {
    let sandbox = group(5).start().await.unwrap();
    let client = client(&sandbox);
    let sent = hello(&client).await.unwrap();
    let there = &sandbox.sent()[0];
    assert_eq!(sent.process_query_key(), there.process_query_key);
    assert_eq!(
        (there.msg_key.as_str(), &there.msg_param),
        ("sampleText", &json!({ "content": "hello" }))
    );
    assert!(sent.request_id().is_some());

    let receipts = client
        .read_status_of(&sent)
        .wait_until_ready(Duration::from_secs(60))
        .send()
        .await
        .unwrap();
    assert!(matches!(
        receipts.send_status,
        Some(SendStatus::Success | SendStatus::Processing)
    ));
}

#[tokio::test]
async fn each_type_has_its_key_and_its_fields() {
    let sandbox = group(1).start().await.unwrap();
    let client = client(&sandbox);
    let card = |buttons: usize| {
        (1..=buttons).fold(Card::new("t", "x"), |card, number| {
            card.button(
                format!("b{number}"),
                format!("https://example.org/{number}"),
            )
        })
    };
    for (message, key, content) in [
        (
            Message::markdown("t", "x"),
            "sampleMarkdown",
            json!({ "title": "t", "text": "x" }),
        ),
        (
            Message::image("@lADO"),
            "sampleImageMsg",
            json!({ "photoURL": "@lADO" }),
        ),
        (
            Message::link("t", "x", "@lADO", "https://example.org"),
            "sampleLink",
            json!({ "title": "t", "text": "x", "picUrl": "@lADO", "messageUrl": "https://example.org" }),
        ),
        (
            Message::card(card(1)),
            "sampleActionCard",
            json!({ "title": "t", "text": "x", "singleTitle": "b1", "singleURL": "https://example.org/1" }),
        ),
        (
            Message::card(card(2)),
            "sampleActionCard2",
            json!({ "title": "t", "text": "x", "actionTitle1": "b1", "actionURL1": "https://example.org/1",
                    "actionTitle2": "b2", "actionURL2": "https://example.org/2" }),
        ),
        (
            Message::card(card(2).side_by_side()),
            "sampleActionCard6",
            json!({ "title": "t", "text": "x", "buttonTitle1": "b1", "buttonUrl1": "https://example.org/1",
                    "buttonTitle2": "b2", "buttonUrl2": "https://example.org/2" }),
        ),
        (
            Message::audio("@a", Duration::from_millis(3_500)),
            "sampleAudio",
            json!({ "mediaId": "@a", "duration": "3500" }),
        ),
        (
            Message::file("@f", "a.pdf", "pdf"),
            "sampleFile",
            json!({ "mediaId": "@f", "fileName": "a.pdf", "fileType": "pdf" }),
        ),
    ] {
        client.send(message).to(GROUP).robot(ROBOT).await.unwrap();
        let sent = sandbox.sent().pop().unwrap();
        assert_eq!((sent.msg_key.as_str(), sent.msg_param), (key, content));
    }
    for buttons in 3..=5 {
        let message = Message::card(card(buttons));
        client.send(message).to(GROUP).robot(ROBOT).await.unwrap();
        let sent = sandbox.sent().pop().unwrap();
        assert_eq!(sent.msg_key, format!("sampleActionCard{buttons}"));
    }
}

#[test]
fn a_message_can_be_looked_at_before_it_is_sent() {
    let message = Message::text("a \"quoted\" text").to_json().unwrap();
    let content = "{\"content\":\"a \\\"quoted\\\" text\"}";
    assert_eq!(
        message,
        json!({ "msgKey": "sampleText", "msgParam": content })
    );
    let error = Message::text("x".repeat(15_000)).to_json().unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
}

#[tokio::test]
async fn what_cannot_be_sent_is_told_before_anything_is_sent() {
    let sandbox = group(1).start().await.unwrap();
    let client = client(&sandbox);
    let six = (0..6).fold(Card::new("t", "x"), |card, _| {
        card.button("b", "https://example.org")
    });
    for (message, said) in [
        (Message::text(" "), "the text is empty"),
        (Message::markdown("", "x"), "the title is empty"),
        (Message::image("http://example.org/a.png"), "`https://`"),
        (Message::card(Card::new("t", "x")), "one to 5 buttons"),
        (Message::card(six), "this one has 6"),
        (
            Message::card(Card::new("t", "x").button("b", "u").side_by_side()),
            "side by side",
        ),
        (
            Message::raw("", json!({})),
            "the type of the message is empty",
        ),
        (Message::text("x".repeat(15_000)), "15014 bytes"),
    ] {
        let error = client
            .send(message)
            .to(GROUP)
            .robot(ROBOT)
            .await
            .unwrap_err();
        assert!(
            error.is_invalid_input() && !error.is_outcome_unknown(),
            "{error}"
        );
        assert!(error.to_string().contains(said), "{error}");
    }
    for (message, said) in [
        (
            client.send(Message::text("x")).robot(ROBOT),
            "the group is not named",
        ),
        (
            client.send(Message::text("x")).to(GROUP),
            "the robot is not named",
        ),
        (
            client.send(Message::text("x")).webhook_token("a\n"),
            "line break",
        ),
    ] {
        let error = message.await.unwrap_err();
        assert!(
            error.is_invalid_input() && error.to_string().contains(said),
            "{error}"
        );
    }
    assert_eq!(sandbox.count(Operation::Send), 0);
}

/// Whatever happens after the request was written, it is written once.
#[tokio::test]
async fn what_may_have_been_executed_is_never_sent_again() {
    for (name, answer) in [
        (
            "a 504 after executing",
            Answer::gateway_page(504).executed(),
        ),
        ("a 504", Answer::gateway_page(504)),
        ("a 502", Answer::gateway_page(502)),
        ("a 500 of the server", Answer::error("system.error")),
        (
            "a reset after the request",
            Answer::genuine().reset_after_request(),
        ),
        (
            "a close without an answer",
            Answer::genuine().closed_without_answer(),
        ),
        (
            "a body that is cut off",
            Answer::genuine().truncated_after(10),
        ),
        ("no key", Answer::json(200, &json!({}))),
        (
            "a page of somebody else",
            Answer::html(200, "<p>Sign in</p>"),
        ),
        ("an unknown result", Answer::error("unknown.send.result")),
    ] {
        let sandbox = group(1).start().await.unwrap();
        sandbox.script(Operation::Send).always(answer);
        let error = hello(&client(&sandbox)).await.unwrap_err();
        assert_eq!(sandbox.count(Operation::Send), 1, "{name}: {error}");
        assert!(error.is_outcome_unknown(), "{name}: {error}");
        assert!(
            error.to_string().contains("may have been delivered"),
            "{name}: {error}"
        );
    }
}

#[tokio::test]
async fn no_answer_in_time_leaves_the_outcome_unknown() {
    let sandbox = group(1).start().await.unwrap();
    sandbox
        .script(Operation::Send)
        .always(Answer::genuine().hanging());
    let client = builder(&sandbox)
        .attempt_timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let error = hello(&client).await.unwrap_err();
    assert_eq!(sandbox.count(Operation::Send), 1);
    assert!(error.is_timeout() && error.is_outcome_unknown(), "{error}");
}

#[tokio::test]
async fn what_was_refused_before_it_was_executed_is_sent_again() {
    for answer in [
        Answer::error("Forbidden.AccessDenied.QpsLimitForApi"),
        Answer::error("send.too.fast"),
    ] {
        let sandbox = group(1).start().await.unwrap();
        sandbox.script(Operation::Send).then(answer);
        hello(&client(&sandbox)).await.unwrap();
        assert_eq!(
            (sandbox.count(Operation::Send), sandbox.sent().len()),
            (2, 1)
        );
    }
}

#[tokio::test]
async fn a_refusal_is_known_not_to_have_been_executed() {
    let sandbox = group(1)
        .conversation(Conversation::new("closed").robot(ROBOT).disbanded())
        .robot(Robot::new("elsewhere"))
        .start()
        .await
        .unwrap();
    let client = client(&sandbox);
    for message in [
        client.send(Message::text("x")).to("closed").robot(ROBOT),
        client.send(Message::text("x")).to(GROUP).robot("elsewhere"),
        client.send(Message::text("x")).to("nowhere").robot(ROBOT),
    ] {
        let error = message.await.unwrap_err();
        assert!(
            !error.is_outcome_unknown() && error.code().is_some(),
            "{error}"
        );
    }
    assert!(sandbox.sent().is_empty());
}

#[tokio::test]
async fn a_token_that_cannot_be_had_leaves_nothing_unknown() {
    let sandbox = group(1).start().await.unwrap();
    let client = builder(&sandbox)
        .credentials(dingtalk_receipts::InternalApp::new("no-app", "no-secret"))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let error = hello(&client).await.unwrap_err();
    assert!(error.is_auth() && !error.is_outcome_unknown(), "{error}");
    assert_eq!(sandbox.count(Operation::Send), 0);
}
