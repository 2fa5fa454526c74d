//! Connections that are used again, and what servers do to them meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use dingtalk_receipts::{Client, Sent};

use crate::support::quick_retries;
use crate::support::raw::{PAGE, Raw, Turn, http, query};
use crate::support::tls::Authority;

const FORGED: &str = r#"{"sendStatus":"SUCCESS","readUserIds":["forged"],"hasMore":false}"#;

async fn reader(client: &Client) -> String {
    let page = query(client).send().await.unwrap();
    page.readers[0].id().to_owned()
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let raw = Raw::start(move |connection, _| {
        counted.store(connection + 1, Ordering::Relaxed);
        Turn::Say(http("200 OK", "", PAGE))
    })
    .await;
    let client = raw.builder().build().unwrap();
    for _ in 0..5 {
        assert_eq!(reader(&client).await, "raw-reader");
    }
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_connection_that_dies_under_the_second_request_is_replaced() {
    for dying in [
        Turn::Close,
        Turn::Last(Vec::new()),
        Turn::Last(b"HTTP/1.1 200 OK\r\ncontent-le".to_vec()),
    ] {
        let script = move |connection, number| match (connection, number) {
            (0, 1) => dying.clone(),
            _ => Turn::Say(http("200 OK", "", PAGE)),
        };
        let raw = Raw::start(script.clone()).await;
        let client = raw.builder().retry(quick_retries()).build().unwrap();
        for _ in 0..3 {
            assert_eq!(reader(&client).await, "raw-reader");
        }
        assert_eq!(raw.requests().len(), 4, "three answers, one loss");

        let raw = Raw::start(script).await;
        let client = raw.builder().build().unwrap();
        reader(&client).await;
        let error = query(&client).send().await.unwrap_err();
        assert!(
            error.is_retryable() && !error.is_connect() && !error.is_protocol(),
            "{error:?}"
        );
        assert_eq!(
            (error.was_sent(), error.attempts(), error.status()),
            (Sent::Maybe, 1, None)
        );
    }
}

#[tokio::test]
async fn what_a_server_says_unasked_is_never_an_answer() {
    let page = http("200 OK", "", PAGE);
    let goodbye = http("408 Request Timeout", "connection: close\r\n", "");
    for (name, unasked) in [
        ("a second answer", http("200 OK", "", FORGED)),
        ("a goodbye", goodbye),
        ("garbage", b"\0\0\0".to_vec()),
        (
            "half a head",
            b"HTTP/1.1 200 OK\r\ncontent-length: 66\r\n".to_vec(),
        ),
    ] {
        let first = [page.clone(), unasked].concat();
        let raw = Raw::start(move |_, _| Turn::Say(first.clone())).await;
        let client = raw.builder().retry(quick_retries()).build().unwrap();
        for _ in 0..3 {
            assert_eq!(reader(&client).await, "raw-reader", "{name}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_was_given_up_is_not_taken_for_the_next() {
    // The first answer comes only after its call has timed out, on a connection that could be used again.
    let raw = Raw::start(|connection, _| match connection {
        0 => Turn::Forever(
            b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(),
            b"HTTP/1.1 102 Processing\r\n\r\n".to_vec(),
        ),
        _ => Turn::Say(http("200 OK", "", PAGE)),
    })
    .await;
    let client = raw
        .builder()
        .attempt_timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let error = query(&client).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(reader(&client).await, "raw-reader");
    assert_eq!(raw.requests().len(), 2);
}

#[tokio::test]
async fn no_idle_connection_is_trusted_after_one_of_them_went_silent() {
    let authority = Authority::new();
    let silent = Arc::new(AtomicBool::new(false));
    let opened = Arc::new(AtomicUsize::new(0));
    let (is_silent, counted) = (Arc::clone(&silent), Arc::clone(&opened));
    // As behind a NAT that forgot them: the connections that are open when it happens answer nothing any more.
    let raw = Raw::tls(
        &authority.issue("localhost", false),
        move |connection, _| {
            let before = counted.fetch_max(connection + 1, Ordering::Relaxed);
            if is_silent.load(Ordering::Relaxed) && connection < before {
                Turn::Say(Vec::new())
            } else {
                Turn::Say(http("200 OK", "", PAGE))
            }
        },
    )
    .await;
    let client = raw
        .builder()
        .base_url(format!("https://localhost:{}", raw.address.port()))
        .ca_certificates(authority.pem())
        .attempt_timeout(Duration::from_millis(500))
        .retry(quick_retries().attempts(2))
        .build()
        .unwrap();
    let all = futures_util::future::join_all((0..4).map(|_| query(&client).send())).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    silent.store(true, Ordering::Relaxed);
    assert_eq!(reader(&client).await, "raw-reader");
}
