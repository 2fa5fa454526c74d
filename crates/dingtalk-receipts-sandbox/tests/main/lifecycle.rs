//! Start, what is remembered, and the end.

use std::io::ErrorKind;

use dingtalk_receipts_sandbox::{Answer, Operation, Reader, Sandbox};
use serde_json::json;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

use crate::support::{QUERY, TOKEN_HEADER, message, page, send, with};

#[tokio::test]
async fn the_demo_answers_with_its_own_values() {
    let sandbox = Sandbox::demo(3).start().await.unwrap();
    let demo = sandbox.demo_values().unwrap().clone();
    assert_eq!(sandbox.static_token(), demo.access_token);
    let body = json!({ "processQueryKey": demo.process_query_key,
        "openConversationId": demo.open_conversation_id, "robotCode": demo.robot_code });
    assert_eq!(
        page(&sandbox, body.clone()).await["readUserIds"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let app = json!({ "appKey": demo.app_key, "appSecret": demo.app_secret });
    let suite = json!({ "suiteKey": demo.suite_key, "suiteSecret": demo.suite_secret,
        "suiteTicket": "any", "authCorpId": demo.corp_id });
    let client = json!({ "client_id": demo.app_key, "client_secret": demo.app_secret,
        "grant_type": "client_credentials" });
    for (path, credentials, field) in [
        ("accessToken", app, "accessToken"),
        ("corpAccessToken", suite, "accessToken"),
        ("anyCorp/token", client, "access_token"),
    ] {
        let path = format!("/v1.0/oauth2/{path}");
        let token = crate::support::request(&sandbox, &path, &credentials);
        let token: serde_json::Value = token.send().await.unwrap().json().await.unwrap();
        let token = token[field].as_str().unwrap();
        let answer = crate::support::query_as(&sandbox, token, body.clone()).await;
        assert_eq!(answer.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn calls_are_remembered_counted_and_forgotten() {
    let builder = Sandbox::builder().message(message()).keep_calls(2);
    let sandbox = builder.start().await.unwrap();
    for size in 1..=3 {
        page(&sandbox, json!({ "maxResults": size })).await;
    }
    let calls = sandbox.calls();
    assert_eq!((calls.len(), sandbox.count(Operation::Query)), (2, 3));
    let last = &calls[1];
    assert_eq!((last.method(), last.path()), ("POST", QUERY));
    assert_eq!(last.operation(), Some(Operation::Query));
    assert_eq!(
        last.header("X-ACS-DingTalk-Access-Token"),
        Some(sandbox.static_token())
    );
    assert_eq!(last.json()["maxResults"], 3);
    assert!(last.header_names().any(|name| name == TOKEN_HEADER));
    assert!(!format!("{last:?}").contains(sandbox.static_token()));
    sandbox.forget_calls();
    assert_eq!(
        (sandbox.calls().len(), sandbox.count(Operation::Query)),
        (0, 0)
    );
}

#[tokio::test]
async fn a_million_readers_cost_nothing_until_they_are_asked_for() {
    let sandbox = with(message().readers(1_000_000)).await;
    let first = page(&sandbox, json!({})).await;
    assert_eq!(
        (&first["hasMore"], &first["readUserIds"][199]),
        (&json!(true), &json!("user000199"))
    );
}

#[tokio::test]
async fn a_page_that_was_written_before_shows_what_has_changed_since() {
    let sandbox = with(message().readers(1)).await;
    let first = page(&sandbox, json!({})).await;
    assert_eq!(page(&sandbox, json!({})).await, first);
    sandbox.add_reader("key", Reader::of_corp("late"));
    assert_eq!(
        page(&sandbox, json!({})).await["readUserIds"],
        json!(["user000000", "late"])
    );
    sandbox.recall("key");
    assert_eq!(page(&sandbox, json!({})).await["sendStatus"], "RECALLED");
    sandbox.put_message(message().readers(2));
    let replaced = page(&sandbox, json!({})).await;
    assert_eq!(replaced["readUserIds"], json!(["user000000", "user000001"]));
}

#[tokio::test]
async fn dropping_the_sandbox_ends_its_connections() {
    let sandbox = with(message()).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine().hanging());
    let address = sandbox.address();
    let mut idle = TcpStream::connect(address).await.unwrap();
    tokio::select! {
        _ = send(&sandbox, json!({})) => {}
        () = sandbox.called(Operation::Query, 1) => {}
    }
    drop(sandbox);
    let end = idle.read(&mut [0]).await;
    assert!(end.is_err() || end.is_ok_and(|read| read == 0));
    for _ in 0..10_000 {
        match TcpStream::connect(address).await {
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => return,
            _ => tokio::task::yield_now().await,
        }
    }
    unreachable!("the port is still listened on");
}

#[tokio::test]
async fn no_task_outlives_the_sandbox() {
    let sandbox = with(message()).await;
    let script = sandbox.script(Operation::Query);
    script
        .then(Answer::genuine().delayed(std::time::Duration::from_secs(3_600)))
        .then(Answer::endless());
    let mut sockets = Vec::new();
    for calls in 1..=2 {
        sockets.push(crate::faults::asked(&sandbox).await);
        sandbox.called(Operation::Query, calls).await;
    }
    let metrics = tokio::runtime::Handle::current().metrics();
    assert_eq!(
        metrics.num_alive_tasks(),
        3,
        "one that accepts, and two connections"
    );
    sandbox.shutdown().await;
    assert_eq!(metrics.num_alive_tasks(), 0);
}

#[tokio::test]
async fn shutdown_waits_until_the_port_is_free() {
    let sandbox = with(message()).await;
    let address = sandbox.address();
    sandbox.shutdown().await;
    let again = Sandbox::builder().listen(address).start().await.unwrap();
    assert_eq!(again.address(), address);
    let taken = Sandbox::builder()
        .listen(address)
        .start()
        .await
        .unwrap_err();
    assert_eq!(
        taken.to_string(),
        "the sandbox cannot listen on this address"
    );
    assert!(std::error::Error::source(&taken).is_some());
}

#[tokio::test]
async fn requests_are_taken_in_every_form_that_clients_send() {
    use tokio::io::AsyncWriteExt as _;
    let sandbox = with(message().readers(1)).await;
    let body = crate::support::body(json!({})).to_string();
    let (start, rest) = body.split_at(7);
    let token = sandbox.static_token();
    // Chunked, header names in any case, a content type with a charset, and the address of a proxy's request.
    for target in [QUERY.to_owned(), format!("http://api.dingtalk.io{QUERY}")] {
        let request = format!(
            "POST {target} HTTP/1.1\r\nHost: api.dingtalk.io\r\n\
             X-Acs-DingTalk-Access-Token: {token}\r\nContent-Type: Application/JSON; charset=UTF-8\r\n\
             Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
             {:x}\r\n{start}\r\n{:x}\r\n{rest}\r\n0\r\n\r\n",
            start.len(),
            rest.len()
        );
        let mut socket = TcpStream::connect(sandbox.address()).await.unwrap();
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut text = String::new();
        socket.read_to_string(&mut text).await.unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
        let call = sandbox.calls().pop().unwrap();
        assert_eq!((call.target(), call.path()), (target.as_str(), QUERY));
    }
}
