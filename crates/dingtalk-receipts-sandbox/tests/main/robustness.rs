//! Whatever is sent, the sandbox answers by the contract and stays up.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{QUERY, TOKEN_HEADER, client, message, page, with};

/// A value that a confused client might send.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "key",
            "cid",
            "robot",
            "client_credentials",
            "sampleText",
            r#"{"content":"text"}"#,
            r#"{"content":"#,
        ])
        .prop_map(Value::from),
        Just(json!([[{ "a": [] }]])),
        prop::collection::vec(prop::sample::select(vec!["key", "other", ""]), 0..23)
            .prop_map(Value::from),
    ]
}

fn body() -> impl Strategy<Value = Value> {
    let names = vec![
        "processQueryKey",
        "openConversationId",
        "robotCode",
        "token",
        "maxResults",
        "nextToken",
        "appKey",
        "appSecret",
        "client_id",
        "client_secret",
        "grant_type",
        "suiteKey",
        "msgKey",
        "msgParam",
        "processQueryKeys",
        "coolAppCode",
        "else",
    ];
    let field = (prop::sample::select(names), value());
    prop::collection::vec(field, 0..12).prop_map(|fields| {
        let fields = fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        Value::Object(fields.collect::<Map<_, _>>())
    })
}

#[tokio::test]
async fn any_json_gets_an_answer_of_the_contract() {
    let sandbox = with(message().readers(3)).await;
    let client = client();
    let mut runner = TestRunner::deterministic();
    let paths = [
        QUERY,
        "/v1.0/robot/groupMessages/send",
        "/v1.0/robot/groupMessages/recall",
        "/v1.0/im/sceneGroups/members/batchQuery",
        "/v1.0/oauth2/accessToken",
        "/v1.0/oauth2/corpAccessToken",
        "/v1.0/oauth2/x/token",
    ];
    for round in 0..1_400 {
        let body = body().new_tree(&mut runner).unwrap().current();
        let request = client.post(format!("{}{}", sandbox.url(), paths[round % paths.len()]));
        let request = request
            .header(TOKEN_HEADER, sandbox.static_token())
            .json(&body);
        let status = request.send().await.unwrap().status().as_u16();
        assert!([200, 400, 401].contains(&status), "{status} for {body}");
    }
    assert_eq!(sandbox.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_http_is_turned_away() {
    let sandbox = with(message()).await;
    for nonsense in [
        &b"\x16\x03\x01\x02\x00"[..],
        b"EHLO sandbox\r\n\r\n",
        &[0xff; 200_000],
    ] {
        let mut socket = TcpStream::connect(sandbox.address()).await.unwrap();
        // The sandbox may hang up before it has read everything.
        let _ = socket.write_all(nonsense).await;
        let _ = socket.shutdown().await;
        let _ = socket.read_to_end(&mut Vec::new()).await;
    }
    page(&sandbox, json!({})).await;
}

#[tokio::test]
async fn a_body_beyond_all_bounds_is_not_read() {
    let sandbox = with(message()).await;
    let request = client().post(format!("{}{QUERY}", sandbox.url()));
    let request = request.header(TOKEN_HEADER, sandbox.static_token());
    let huge = json!({ "processQueryKey": "k".repeat(2 << 20) });
    // Refused or hung up on, and either way not kept.
    let _ = request.json(&huge).send().await;
    assert_eq!(sandbox.calls()[0].body(), b"");
    page(&sandbox, json!({})).await;
}
