//! What callers see when no token can be had, and how often DingTalk is asked then.

use std::time::Duration;

use dingtalk_receipts::{CorpApp, Credentials, InternalApp, RetryPolicy, ThirdPartyApp};
use dingtalk_receipts_sandbox::{Answer, App, Operation, Sandbox};
use futures_util::future::join_all;
use serde_json::json;

use super::{Shifted, ask, builder, demo_app};
use crate::support::sandbox;

#[tokio::test]
async fn a_wrong_secret_is_an_error_that_says_what_to_look_at() {
    let sandbox = sandbox(1).await;
    let values = sandbox.demo_values().unwrap();
    let client = builder(&sandbox, InternalApp::new(&values.app_key, "wrong-secret"))
        .build()
        .unwrap();
    let error = ask(&client, &sandbox).await.unwrap_err();
    assert!(error.is_auth() && !error.is_retryable() && !error.is_permission_denied());
    assert_eq!(error.raw_code(), Some("invalidClientIdOrSecret"));
    assert_eq!(error.status(), Some(400));
    assert_eq!(error.message(), Some("无效的clientId或者clientSecret"));
    let id = error.request_id().unwrap();
    assert_eq!(
        error.to_string(),
        format!(
            "no access token for the internal app `{}` from {}; check its key, its secret and the region: \
             DingTalk refused the call: invalidClientIdOrSecret (HTTP 400): 无效的clientId或者clientSecret [request id {id}]",
            values.app_key,
            sandbox.url()
        )
    );
    assert!(error.to_string().starts_with(error.summary()) && !error.summary().contains("HTTP"));
    assert_eq!(sandbox.count(Operation::Query), 0);
}

#[tokio::test]
async fn every_documented_refusal_of_a_token_keeps_its_code() {
    let sandbox = Sandbox::builder()
        .app(App::internal("key", "the-secret").corp("corp"))
        .app(
            App::third_party("suite", "suite-secret")
                .corp("corp")
                .ticket("ticket"),
        )
        .start()
        .await
        .unwrap();
    let suite = |key: &str, secret: &str, ticket: &'static str, corp: &str| {
        Credentials::from(ThirdPartyApp::new(key, secret, ticket, corp))
    };
    for (credentials, code, status) in [
        (
            InternalApp::new("other", "the-secret").into(),
            "invalidClientIdOrSecret",
            400,
        ),
        (
            suite("other", "suite-secret", "ticket", "corp"),
            "invalidSuiteKey",
            400,
        ),
        (
            suite("suite", "other", "ticket", "corp"),
            "invalidAuthInfo",
            400,
        ),
        (
            suite("suite", "suite-secret", "other", "corp"),
            "invalidSuiteTicket",
            400,
        ),
        (
            suite("suite", "suite-secret", "ticket", "other"),
            "invalidAuthInfo",
            400,
        ),
        (
            CorpApp::new("key", "other", "corp").into(),
            "invalid.client",
            400,
        ),
        (
            CorpApp::new("key", "the-secret", "other").into(),
            "unauthorized.client",
            401,
        ),
    ] {
        sandbox.forget_calls();
        let client = builder(&sandbox, credentials).build().unwrap();
        let error = client.token_info().await.unwrap_err();
        assert_eq!(
            (error.raw_code(), error.status()),
            (Some(code), Some(status)),
            "{error}"
        );
        assert!(error.is_auth() && !error.is_retryable(), "{error}");
        assert!(error.request_id().is_some() && error.message().is_some());
        // Again at once: the failure is remembered.
        assert_eq!(
            client.token_info().await.unwrap_err().to_string(),
            error.to_string()
        );
        assert_eq!(sandbox.token_count(), 1, "{code}");
    }
}

#[tokio::test]
async fn all_who_wait_share_a_refusal() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, InternalApp::new("other", "wrong-secret"))
        .build()
        .unwrap();
    let errors = join_all((0..1_000).map(|_| client.token_info())).await;
    let texts: std::collections::HashSet<_> = errors
        .into_iter()
        .map(|result| result.unwrap_err().to_string())
        .collect();
    assert_eq!(texts.len(), 1, "with one request id");
    assert_eq!(sandbox.token_count(), 1);
}

#[tokio::test]
async fn callers_in_a_loop_do_not_hammer_the_token_operation() {
    let sandbox = sandbox(1).await;
    let clock = Shifted::default();
    let client = builder(&sandbox, InternalApp::new("other", "wrong-secret"))
        .clock(clock.clone())
        .build()
        .unwrap();
    for _ in 0..600 {
        client.token_info().await.unwrap_err();
        clock.pass(Duration::from_millis(100), &sandbox);
    }
    let asked = sandbox.token_count();
    assert!((10..=61).contains(&asked), "{asked} times in a minute");
}

#[tokio::test]
async fn a_passing_failure_is_ridden_out_even_if_calls_are_never_retried() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, demo_app(&sandbox))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    sandbox
        .script(Operation::AppToken)
        .then(Answer::status(503))
        .then(Answer::genuine().reset_after_request());
    ask(&client, &sandbox).await.unwrap();
    assert_eq!(sandbox.token_count(), 3);
    assert_eq!(sandbox.count(Operation::Query), 1);
}

#[tokio::test]
async fn how_often_a_token_is_asked_for_can_be_said() {
    for attempts in [1, 2] {
        let sandbox = sandbox(1).await;
        let client = builder(&sandbox, demo_app(&sandbox))
            .token_retry(RetryPolicy::default().attempts(attempts))
            .build()
            .unwrap();
        sandbox
            .script(Operation::AppToken)
            .always(Answer::status(503));
        ask(&client, &sandbox).await.unwrap_err();
        assert_eq!(sandbox.token_count(), u64::from(attempts));
    }
}

#[tokio::test]
async fn what_is_no_token_is_an_error_of_the_protocol_and_shows_none() {
    for (answer, said) in [
        (Answer::json(200, &json!({})), "no text `accessToken`"),
        (Answer::json(200, &json!([])), "not a JSON object"),
        (
            Answer::json(200, &json!({ "accessToken": null, "expireIn": 7200 })),
            "no text `accessToken`",
        ),
        (
            Answer::json(200, &json!({ "accessToken": "s3cret token" })),
            "cannot be sent",
        ),
        (Answer::html(200, "<p>Sign in</p>"), "not JSON"),
        (Answer::genuine().truncated_after(12), "broke off"),
        (Answer::address_ban(200), "banned"),
        (
            Answer::redirect(302, "https://elsewhere.example/x"),
            "redirect to elsewhere.example",
        ),
        (Answer::endless(), "longer than the 65536 bytes"),
    ] {
        let sandbox = sandbox(1).await;
        sandbox.script(Operation::AppToken).always(answer);
        let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
        let error = client.token_info().await.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(
            error
                .to_string()
                .contains("no access token for the internal app"),
            "{error}"
        );
        assert!(!format!("{error} {error:#?}").contains("s3cret"));
    }
}

#[tokio::test]
async fn a_token_operation_that_hangs_ends_with_the_call() {
    let sandbox = sandbox(1).await;
    sandbox
        .script(Operation::AppToken)
        .always(Answer::genuine().hanging());
    let client = builder(&sandbox, demo_app(&sandbox))
        .call_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let results = join_all((0..20).map(|_| ask(&client, &sandbox))).await;
    for result in results {
        assert!(result.unwrap_err().is_timeout());
    }
    assert_eq!(sandbox.count(Operation::Query), 0);
    sandbox.script(Operation::AppToken).clear();
    ask(&client, &sandbox).await.unwrap();
}

#[tokio::test]
async fn a_caller_that_is_dropped_while_it_renews_leaves_it_to_the_next() {
    let sandbox = sandbox(1).await;
    sandbox
        .script(Operation::AppToken)
        .then(Answer::genuine().hanging());
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    let call = |client: dingtalk_receipts::Client| async move { client.token_info().await };
    let first = tokio::spawn(call(client.clone()));
    while sandbox.token_count() == 0 {
        tokio::task::yield_now().await;
    }
    let waiting = tokio::spawn(call(client.clone()));
    tokio::task::yield_now().await;
    first.abort();
    waiting.await.unwrap().unwrap();
    assert_eq!(sandbox.token_count(), 2);
}

#[test]
fn a_client_outlives_the_runtime_that_it_got_its_token_on() {
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap()
    };
    let server = runtime();
    let sandbox = server.block_on(sandbox(1));
    let first = runtime();
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    sandbox
        .script(Operation::AppToken)
        .then(Answer::genuine().hanging());
    // The runtime ends in the middle of a renewal.
    let renewing = first.spawn({
        let client = client.clone();
        async move { client.token_info().await }
    });
    while sandbox.token_count() == 0 {
        std::thread::yield_now();
    }
    first.shutdown_background();
    drop(renewing);
    let second = runtime();
    second.block_on(ask(&client, &sandbox)).unwrap();
    drop(second);
    let third = runtime();
    third.block_on(ask(&client, &sandbox)).unwrap();
    assert_eq!(sandbox.token_count(), 2);
}
