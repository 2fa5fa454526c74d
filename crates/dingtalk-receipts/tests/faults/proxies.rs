//! Proxies: used when they should be, and trusted with no more than they need.

use dingtalk_receipts_sandbox::Operation;

use crate::support::proxy::{Proxy, socks};
use crate::support::{builder, demo, sandbox};

#[tokio::test]
async fn an_explicit_proxy_carries_the_calls_and_its_password_stays_with_it() {
    let sandbox = sandbox(3).await;
    let proxy = Proxy::start(Some(sandbox.address()), Some("Basic bWU6aHVudGVyMg==")).await;
    let client = builder(&sandbox)
        .base_url("http://dingtalk.example")
        .allow_plain_http()
        .proxy(format!("http://me:hunter2@{}", proxy.address))
        .build()
        .unwrap();
    assert_eq!(
        demo(&client, &sandbox).send().await.unwrap().readers.len(),
        3
    );
    assert!(
        proxy.heads()[0].starts_with("POST http://dingtalk.example/v1.0/robot/groupMessages/query")
    );
    assert_eq!(
        sandbox.calls_of(Operation::Query)[0].header("host"),
        Some("dingtalk.example")
    );
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_is_not_asked_again_and_again() {
    let sandbox = sandbox(3).await;
    let proxy = Proxy::start(None, None).await;
    // Through a tunnel, as for DingTalk itself: the refusal is the proxy's, and no connection comes about.
    let client = builder(&sandbox)
        .base_url("https://dingtalk.example")
        .proxy(format!("http://{}", proxy.address))
        .build()
        .unwrap();
    let error = demo(&client, &sandbox).send().await.unwrap_err();
    assert!(error.is_connect() && !error.is_retryable(), "{error:?}");
    let heads = proxy.heads();
    assert_eq!(heads.len(), 1);
    assert!(
        heads[0].starts_with("CONNECT dingtalk.example:443"),
        "{heads:?}"
    );
    assert!(!heads[0].contains("access-token"), "{heads:?}");

    // Without a tunnel, the answer is the proxy's.
    let client = builder(&sandbox)
        .base_url("http://dingtalk.example")
        .allow_plain_http()
        .proxy(format!("http://{}", proxy.address))
        .build()
        .unwrap();
    let error = demo(&client, &sandbox).send().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(407), 1));
}

#[tokio::test]
async fn hosts_can_be_excepted_from_the_proxy() {
    let sandbox = sandbox(3).await;
    let proxy = Proxy::start(None, None).await;
    let client = builder(&sandbox)
        .proxy(format!("http://{}", proxy.address))
        .no_proxy_for("127.0.0.1,other.example")
        .build()
        .unwrap();
    assert_eq!(
        demo(&client, &sandbox).send().await.unwrap().readers.len(),
        3
    );
    assert!(proxy.heads().is_empty());
}

#[tokio::test]
async fn a_proxy_that_is_no_url_is_refused_without_being_shown() {
    let sandbox = sandbox(3).await;
    let error = builder(&sandbox)
        .proxy("http://me:hunter2@:x")
        .build()
        .unwrap_err();
    assert!(error.is_invalid_input());
    assert!(!format!("{error:?} {error}").contains("hunter2"));
}

#[tokio::test]
async fn a_socks_proxy_is_told_the_host_by_name() {
    let sandbox = sandbox(3).await;
    let (proxy, asked) = socks(sandbox.address()).await;
    let client = builder(&sandbox)
        .base_url("http://dingtalk.example")
        .allow_plain_http()
        .proxy(format!("socks5h://{proxy}"))
        .build()
        .unwrap();
    assert_eq!(
        demo(&client, &sandbox).send().await.unwrap().readers.len(),
        3
    );
    assert_eq!(asked.await.unwrap(), "dingtalk.example");
}
