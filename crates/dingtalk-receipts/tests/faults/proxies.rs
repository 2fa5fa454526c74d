//! Proxies: used when they should be, and trusted with no more than they need.

use std::time::Duration;

use dingtalk_receipts::{AccessToken, Client, RetryPolicy, Sent};
use dingtalk_receipts_sandbox::Operation;

use crate::support::proxy::{Proxy, socks};
use crate::support::raw::{Raw, Turn, http, query};
use crate::support::{builder, demo, quick_retries, sandbox};

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
    assert!(
        error.to_string().contains("the proxy wants a user name"),
        "{error}"
    );
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
    assert!(
        error.to_string().contains("the proxy wants a user name"),
        "{error}"
    );
}

#[tokio::test]
async fn a_tunnel_that_the_proxy_refuses_is_told_as_that_and_asked_for_once() {
    for status in ["403 Forbidden", "502 Bad Gateway", "503 X", "400 X"] {
        let proxy = Raw::saying(http(status, "", "")).await;
        let client = proxy
            .builder()
            .base_url("https://dingtalk.example")
            .proxy(format!("http://me:hunter2@{}", proxy.address))
            .retry(quick_retries())
            .build()
            .unwrap();
        let error = query(&client).send().await.unwrap_err();
        assert!(
            error.is_connect() && !error.is_retryable(),
            "{status}: {error:?}"
        );
        assert!(
            error.to_string().contains("the proxy refused"),
            "{status}: {error}"
        );
        assert_eq!(
            (error.attempts(), proxy.requests().len()),
            (1, 1),
            "{status}"
        );
    }
}

#[tokio::test]
async fn hosts_are_excepted_in_any_order_of_the_builders_methods() {
    let sandbox = sandbox(3).await;
    let proxy = Proxy::start(None, None).await;
    let client = builder(&sandbox)
        .no_proxy_for("127.0.0.0/8")
        .proxy(format!("http://{}", proxy.address))
        .build()
        .unwrap();
    assert_eq!(
        demo(&client, &sandbox).send().await.unwrap().readers.len(),
        3
    );
    assert!(proxy.heads().is_empty());
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

#[tokio::test]
async fn whatever_a_proxy_says_to_a_tunnel_is_a_connection_error() {
    let page = "<html>Please sign in</html>";
    for (name, answer, phase) in [
        ("a refusal", http("403 Forbidden", "", page), None),
        ("a gateway's page", http("502 Bad Gateway", "", page), None),
        ("a page as a success", http("200 OK", "", page), None),
        (
            "a success, then garbage",
            b"HTTP/1.1 200 OK\r\n\r\ngarbage".to_vec(),
            None,
        ),
        (
            "a redirect",
            http("302 Found", "location: http://portal.example/\r\n", ""),
            None,
        ),
        ("no HTTP", b"SSH-2.0-x\r\n".to_vec(), None),
        ("nothing", Vec::new(), None),
        ("half a head", b"HTTP/1.1 200 O".to_vec(), None),
        (
            "a head of 1 MB",
            http("200 OK", &format!("x: {}\r\n", "y".repeat(1 << 20)), ""),
            None,
        ),
    ] {
        let proxy = Raw::saying(answer).await;
        let client = proxy
            .builder()
            .base_url("https://dingtalk.example")
            .proxy(format!("http://me:hunter2@{}", proxy.address))
            .build()
            .unwrap();
        let error = query(&client).send().await.unwrap_err();
        assert!(
            error.is_connect() && !error.is_protocol(),
            "{name}: {error:?}"
        );
        assert_eq!(
            (error.was_sent(), error.attempts(), error.timeout_phase()),
            (Sent::No, 1, phase),
            "{name}"
        );
        let asked = proxy.requests().concat();
        assert!(
            asked.starts_with("CONNECT dingtalk.example:443") && !asked.contains("raw-token"),
            "{asked}"
        );
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_tunnel_that_is_never_made_ends_in_time() {
    let silent = Raw::start(|_, _| Turn::Say(Vec::new())).await;
    for (connect, attempt) in [(100, 60_000), (60_000, 100)] {
        let client = silent
            .builder()
            .base_url("https://dingtalk.example")
            .proxy(format!("http://{}", silent.address))
            .connect_timeout(Duration::from_millis(connect))
            .attempt_timeout(Duration::from_millis(attempt))
            .build()
            .unwrap();
        let error = query(&client).send().await.unwrap_err();
        assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
    }
}

/// Does nothing unless the test below starts it in a process of its own, whose environment names a proxy.
#[tokio::test]
async fn the_process_with_a_proxy_in_its_environment() {
    let Ok(asked) = std::env::var(ENVIRONMENT) else {
        return;
    };
    let (how, url) = asked.split_once(' ').unwrap();
    let builder = Client::builder()
        .base_url(url)
        .allow_plain_http()
        .credentials(AccessToken::new("token").unwrap())
        .retry(RetryPolicy::never());
    let builder = match how {
        "none" => builder.no_proxy(),
        _ => builder,
    };
    let _ = query(&builder.build().unwrap()).send().await;
}

const ENVIRONMENT: &str = "DINGTALK_RECEIPTS_PROXY_TEST";

#[tokio::test]
async fn the_proxy_of_the_environment_is_used_for_what_it_is_meant_for() {
    let test = "faults::proxies::the_process_with_a_proxy_in_its_environment";
    for (name, variable, except, how, url, expected) in [
        (
            "https",
            "HTTPS_PROXY",
            "",
            "environment",
            "https://dingtalk.invalid",
            Some("CONNECT dingtalk.invalid:443"),
        ),
        (
            "all",
            "ALL_PROXY",
            "",
            "environment",
            "https://dingtalk.invalid",
            Some("CONNECT dingtalk.invalid:443"),
        ),
        (
            "in small letters",
            "https_proxy",
            "",
            "environment",
            "https://dingtalk.invalid",
            Some("CONNECT"),
        ),
        (
            "http",
            "HTTP_PROXY",
            "",
            "environment",
            "http://dingtalk.invalid",
            Some("POST http://dingtalk.invalid/v1.0"),
        ),
        (
            "an exception",
            "HTTPS_PROXY",
            "other.example,.invalid",
            "environment",
            "https://dingtalk.invalid",
            None,
        ),
        (
            "no exception",
            "HTTPS_PROXY",
            "other.example",
            "environment",
            "https://dingtalk.invalid",
            Some("CONNECT"),
        ),
        (
            "an exception with a star",
            "HTTPS_PROXY",
            "*.invalid",
            "environment",
            "https://dingtalk.invalid",
            None,
        ),
        (
            "an exception with its port",
            "HTTPS_PROXY",
            "dingtalk.invalid:443",
            "environment",
            "https://dingtalk.invalid",
            None,
        ),
        (
            "an exception of another port",
            "HTTPS_PROXY",
            "dingtalk.invalid:8443",
            "environment",
            "https://dingtalk.invalid",
            Some("CONNECT"),
        ),
        (
            "everything excepted",
            "HTTPS_PROXY",
            "*",
            "environment",
            "https://dingtalk.invalid",
            None,
        ),
        (
            "this machine",
            "HTTP_PROXY",
            "",
            "environment",
            "http://127.0.0.1:9",
            None,
        ),
        (
            "switched off",
            "HTTPS_PROXY",
            "",
            "none",
            "https://dingtalk.invalid",
            None,
        ),
    ] {
        let proxy = Raw::saying(http("502 X", "", "")).await;
        let mut process = tokio::process::Command::new(std::env::current_exe().unwrap());
        for variable in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
            process
                .env_remove(variable)
                .env_remove(variable.to_ascii_lowercase());
        }
        process
            .args([test, "--exact"])
            .env(variable, format!("http://{}", proxy.address))
            .env("NO_PROXY", except)
            .env(ENVIRONMENT, format!("{how} {url}"));
        assert!(process.output().await.unwrap().status.success(), "{name}");
        let asked = proxy.requests().concat();
        match expected {
            Some(begins) => assert!(asked.starts_with(begins), "{name}: {asked}"),
            None => assert_eq!(asked, "", "{name}"),
        }
    }
}
