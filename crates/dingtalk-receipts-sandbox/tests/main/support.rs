//! A minimal client, which knows nothing of the sandbox's insides.

use dingtalk_receipts_sandbox::{Message, Sandbox};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

pub(crate) const QUERY: &str = "/v1.0/robot/groupMessages/query";
pub(crate) const TOKEN_HEADER: &str = "x-acs-dingtalk-access-token";

/// A message under the names that [`query`] asks for.
pub(crate) fn message() -> Message {
    Message::new("key").conversation("cid").robot("robot")
}

pub(crate) async fn with(message: Message) -> Sandbox {
    Sandbox::builder().message(message).start().await.unwrap()
}

/// A query of [`message`] with more fields, or other ones; `null` takes a field out.
pub(crate) fn body(changes: Value) -> Value {
    let mut body =
        json!({ "processQueryKey": "key", "openConversationId": "cid", "robotCode": "robot" });
    for (field, value) in changes.as_object().unwrap() {
        if value.is_null() {
            body.as_object_mut().unwrap().remove(field);
        } else {
            body[field] = value.clone();
        }
    }
    body
}

/// A client that reads no certificates from this machine: it needs none, and reading them takes long.
pub(crate) fn client() -> Client {
    Client::builder()
        .no_gzip()
        .tls_certs_only([])
        .build()
        .unwrap()
}

pub(crate) fn request(sandbox: &Sandbox, path: &str, body: &Value) -> RequestBuilder {
    client().post(format!("{}{path}", sandbox.url())).json(body)
}

/// Sends a query with the static token.
pub(crate) async fn send(sandbox: &Sandbox, changes: Value) -> Response {
    query_as(sandbox, sandbox.static_token(), changes).await
}

pub(crate) async fn query_as(sandbox: &Sandbox, token: &str, changes: Value) -> Response {
    request(sandbox, QUERY, &body(changes))
        .header(TOKEN_HEADER, token)
        .send()
        .await
        .unwrap()
}

/// The page that a query gets; it must get one.
pub(crate) async fn page(sandbox: &Sandbox, changes: Value) -> Value {
    let response = send(sandbox, changes).await;
    let status = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// Status and code of the error that a query gets.
pub(crate) async fn refusal(sandbox: &Sandbox, changes: Value) -> (u16, String) {
    code(send(sandbox, changes).await).await
}

pub(crate) async fn code(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

/// All pages of [`message`], one after the other, as a plain client would turn them.
pub(crate) async fn pages(sandbox: &Sandbox, size: Option<u64>) -> Vec<Value> {
    let client = client();
    let mut pages = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let request = body(json!({ "maxResults": size, "nextToken": cursor }));
        let response = client
            .post(format!("{}{QUERY}", sandbox.url()))
            .header(TOKEN_HEADER, sandbox.static_token())
            .json(&request)
            .send();
        let response = response.await.unwrap();
        assert_eq!(response.status(), 200);
        let page: Value = response.json().await.unwrap();
        cursor = page["nextToken"].clone();
        let more = page["hasMore"] == true;
        pages.push(page);
        if !more {
            return pages;
        }
    }
}

pub(crate) fn user_ids(pages: &[Value]) -> Vec<String> {
    let ids = pages
        .iter()
        .flat_map(|page| page["readUserIds"].as_array().into_iter().flatten());
    ids.map(|id| id.as_str().unwrap().to_owned()).collect()
}
