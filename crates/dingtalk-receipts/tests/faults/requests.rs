//! What is sent, and what is not because it cannot be right.

use dingtalk_receipts::{AccessToken, Client, Cursor, InternalApp, Region, RetryPolicy};
use dingtalk_receipts_sandbox::{Operation, Sandbox};
use serde_json::json;

use crate::support::{builder, client, demo, sandbox};

#[tokio::test]
async fn the_request_is_what_the_official_sdk_sends() {
    let sandbox = sandbox(1).await;
    let values = sandbox.demo_values().unwrap().clone();
    demo(&client(&sandbox), &sandbox)
        .max_results(50)
        .send()
        .await
        .unwrap();
    let calls = sandbox.calls_of(Operation::Query);
    let call = &calls[0];
    assert_eq!(
        (call.method(), call.path()),
        ("POST", "/v1.0/robot/groupMessages/query")
    );
    assert_eq!(
        call.json(),
        json!({
            "processQueryKey": values.process_query_key,
            "openConversationId": values.open_conversation_id,
            "robotCode": values.robot_code,
            "maxResults": 50,
        })
    );
    assert_eq!(
        call.header("x-acs-dingtalk-access-token"),
        Some(values.access_token.as_str())
    );
    assert_eq!(call.header("content-type"), Some("application/json"));
    let agent = call.header("user-agent").unwrap();
    assert!(agent.starts_with("dingtalk-receipts/"), "{agent}");
    assert_eq!(call.header("api-version"), None);
}

#[tokio::test]
async fn a_program_names_itself_before_this_crate() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox).user_agent("report/1.2").build().unwrap();
    demo(&client, &sandbox).send().await.unwrap();
    let calls = sandbox.calls_of(Operation::Query);
    let agent = calls[0].header("user-agent").unwrap();
    assert!(
        agent.starts_with("report/1.2 dingtalk-receipts/"),
        "{agent}"
    );
    for wrong in ["re\nport", "re\u{0}port"] {
        let error = builder(&sandbox).user_agent(wrong).build().unwrap_err();
        assert!(error.is_invalid_input(), "{error:?}");
    }
}

#[tokio::test]
async fn a_region_is_a_host_and_another_address_wins_over_it() {
    let sandbox = sandbox(1).await;
    for (region, host) in [
        (Region::International, "https://api.dingtalk.io"),
        (Region::China, "https://api.dingtalk.com"),
    ] {
        assert_eq!(region.base_url(), host);
        let app = InternalApp::new("key", "secret");
        let error = Client::builder()
            .region(region)
            .credentials(app)
            .proxy("http://127.0.0.1:9")
            .token_retry(RetryPolicy::never())
            .build()
            .unwrap()
            .token_info()
            .await
            .unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        let client = builder(&sandbox).region(region).build().unwrap();
        demo(&client, &sandbox).send().await.unwrap();
        assert_eq!(client.token_info().await.unwrap().base_url(), sandbox.url());
    }
}

#[tokio::test]
async fn arguments_that_cannot_be_right_are_refused_before_anything_is_sent() {
    let sandbox = sandbox(1).await;
    let client = client(&sandbox);
    let foreign: Cursor = client
        .read_status("other")
        .conversation("c")
        .send()
        .await
        .unwrap_err()
        .resume_cursor()
        .unwrap()
        .clone();
    sandbox.forget_calls();
    let wrong = [
        (
            client.read_status("").conversation("c").robot("r"),
            "process query key is empty",
        ),
        (
            client.read_status(" ").conversation("c").robot("r"),
            "process query key is empty",
        ),
        (client.read_status("k"), "group is not named"),
        (
            client.read_status("k").conversation("").robot("r"),
            "group is not named",
        ),
        (
            client.read_status("k").webhook_token(""),
            "group is not named",
        ),
        (
            client.read_status("k").webhook_token("ab\ncd"),
            "line break",
        ),
        (
            client.read_status("k").conversation("c").max_results(0),
            "page size cannot be 0",
        ),
        (
            client.read_status("k").conversation("c").max_results(201),
            "page size cannot be 201",
        ),
        (
            client
                .read_status("k")
                .conversation("c")
                .max_results(u32::MAX),
            "page size",
        ),
        (
            client.read_status("k").conversation("c").resume(foreign),
            "belongs to another message",
        ),
    ];
    for (query, reason) in wrong {
        for error in [
            query.clone().send().await.unwrap_err(),
            query.clone().pages().try_next().await.unwrap_err(),
            query.clone().readers().try_next().await.unwrap_err(),
            query.collect().await.unwrap_err(),
        ] {
            assert!(
                error.is_invalid_input() && error.to_string().contains(reason),
                "{error}"
            );
            assert_eq!(error.attempts(), 0);
        }
    }
    assert!(
        AccessToken::new("line\nbreak")
            .unwrap_err()
            .is_invalid_input()
    );
    assert_eq!(
        sandbox.connections(),
        1,
        "only the call that gave the cursor"
    );
    assert!(sandbox.calls().is_empty());
}

#[tokio::test]
async fn a_client_without_credentials_or_with_an_unsafe_address_is_not_built() {
    let error = Client::builder().build().unwrap_err();
    assert!(
        error.is_invalid_input() && error.to_string().contains("credentials"),
        "{error}"
    );
    let token = || AccessToken::new("t").unwrap();
    let error = Client::builder()
        .credentials(token())
        .base_url("http://api.dingtalk.io")
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("in clear"), "{error}");
    Client::builder()
        .credentials(token())
        .base_url("http://gateway.example")
        .allow_plain_http()
        .build()
        .unwrap();
}

#[tokio::test]
async fn a_message_is_named_by_a_webhook_token() {
    let token = "0123456789abcdef".repeat(4);
    let sandbox = Sandbox::builder()
        .robot(dingtalk_receipts_sandbox::Robot::new("hook").webhook_token(&token))
        .message(
            dingtalk_receipts_sandbox::Message::new("k")
                .conversation("c")
                .robot("hook")
                .readers(3),
        )
        .start()
        .await
        .unwrap();
    let receipts = client(&sandbox)
        .read_status("k")
        .webhook_token(&token)
        .collect()
        .await
        .unwrap();
    assert_eq!(receipts.readers.len(), 3);
    assert!(
        sandbox.calls()[0]
            .json()
            .get("openConversationId")
            .is_none()
    );
}
