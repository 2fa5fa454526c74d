//! The service against a sandbox, over HTTP on loopback.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::time::Duration;

use dingtalk_receipts::{AccessToken, Client, RetryPolicy};
use dingtalk_receipts_sandbox::{Message, Sandbox};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A sandbox with a message of three readers and one that has no data yet, and the service's address.
async fn start() -> (Sandbox, String) {
    let message = |key: &str| {
        Message::new(key)
            .conversation("cid")
            .robot("robot")
            .readers(3)
    };
    let sandbox = Sandbox::builder()
        .message(message("a+key/=="))
        .message(message("new").ready_after(Duration::from_secs(3600)))
        .start()
        .await
        .unwrap();
    let client = Client::builder()
        .base_url(sandbox.url())
        .credentials(AccessToken::new(sandbox.static_token()).unwrap())
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, who_has_read::service(client)).await });
    (sandbox, url)
}

async fn readers(url: &str, key: &str) -> Response {
    // A key is base64: `+`, `/` and `=` have to be percent-encoded in a query.
    let key = key
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    let url = format!("{url}/readers?key={key}&conversation=cid&robot=robot");
    reqwest::get(url).await.unwrap()
}

async fn body(response: Response) -> Value {
    response.json().await.unwrap()
}

#[tokio::test]
async fn readers_are_listed() {
    let (_sandbox, url) = start().await;
    let response = readers(&url, "a+key/==").await;
    assert_eq!(response.status(), StatusCode::OK);
    let body = body(response).await;
    let ids: Vec<_> = body["readers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| &r["userId"])
        .collect();
    assert_eq!(ids, ["user000000", "user000001", "user000002"]);
    assert_eq!(
        (&body["sendStatus"], &body["complete"]),
        (&json!("SUCCESS"), &json!(true))
    );
}

#[tokio::test]
async fn people_of_a_list_are_told_apart() {
    let (_sandbox, url) = start().await;
    let question = json!({
        "key": "a+key/==", "conversation": "cid", "robot": "robot",
        "people": ["user000001", "manager4220"],
    });
    let client = reqwest::Client::new();
    let response = client
        .post(format!("{url}/unread"))
        .json(&question)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let body = body(response).await;
    assert_eq!(body["read"], json!(["user000001"]));
    assert_eq!(body["unread"], json!(["manager4220"]));
}

#[tokio::test]
async fn a_message_without_data_yet_is_worth_another_try() {
    let (_sandbox, url) = start().await;
    let response = readers(&url, "new").await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.headers().contains_key("retry-after"));
    let body = body(response).await;
    assert_eq!(body["code"], "processQueryKey.expireTime");
    assert_eq!(body["retryable"], true);
}

#[tokio::test]
async fn an_unknown_message_and_missing_arguments_are_the_callers_fault() {
    let (sandbox, url) = start().await;
    let response = readers(&url, "unknown").await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(body(response).await["code"], "invalid.processQueryKey");

    sandbox.forget_calls();
    let response = reqwest::get(format!("{url}/readers?key=k")).await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(
        body(response).await["error"]
            .as_str()
            .unwrap()
            .contains("conversation")
    );
    assert!(sandbox.calls().is_empty());
}

#[tokio::test]
async fn wrong_credentials_are_not_the_callers_fault() {
    let (sandbox, url) = start().await;
    assert!(sandbox.revoke(sandbox.static_token()));
    let response = readers(&url, "a+key/==").await;
    assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(body(response).await["code"], "InvalidAuthentication");
}
