//! Answers without end, and what they cost: looked at from outside, in a process of its own.

#![cfg(target_os = "linux")]

use std::time::Duration;

use dingtalk_receipts::{AccessToken, Client, RateLimit, RetryPolicy};
use dingtalk_receipts_sandbox::{Answer, Operation};

use crate::support::raw::{Raw, Turn, query};
use crate::support::sandbox;

const ADDRESSES: &str = "DINGTALK_RECEIPTS_BODY_TEST";

/// The bound of a body is 8 MiB; a buffer that grows is for a moment there twice.
const MOST: u64 = 40 * 1024 * 1024;

/// The most memory that this process ever had, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
    kilobytes.parse::<u64>().unwrap() * 1024
}

/// Does nothing unless the test below starts it in a process of its own.
#[tokio::test]
async fn the_process_that_is_answered_without_end() {
    let Ok(addresses) = std::env::var(ADDRESSES) else {
        return;
    };
    let mut before = None;
    for url in addresses.split(' ') {
        let client = Client::builder()
            .base_url(url)
            .credentials(AccessToken::new("body-test-token").unwrap())
            .attempt_timeout(Duration::from_secs(1))
            .rate_limit(RateLimit::unlimited())
            .retry(RetryPolicy::never())
            .build()
            .unwrap();
        let before = *before.get_or_insert_with(peak);
        let error = query(&client).send().await.unwrap_err();
        println!("{url}: {:?}, {error}", error.elapsed());
        assert!(error.is_protocol() || error.is_timeout(), "{error:?}");
        let grown = peak() - before;
        assert!(grown < MOST, "{url}: {grown} bytes more");
    }
    println!("grown by {} bytes", peak() - before.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_never_ends_takes_no_more_memory_than_the_bound() {
    let mut sandboxes = Vec::new();
    for answer in [
        Answer::endless(),
        Answer::gzip_bomb(1 << 30),
        Answer::bytes(200, "application/json", vec![b' '; 100 * 1024 * 1024]),
    ] {
        let sandbox = sandbox(1).await;
        sandbox.script(Operation::Query).always(answer);
        sandboxes.push(sandbox);
    }
    let mut raws = Vec::new();
    for (first, more) in [
        ("HTTP/1.1 200 OK\r\nx: ", "y"),
        ("HTTP/1.1 200 OK\r\n", "x: y\r\n"),
        ("", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "1\r\n \r\n",
        ),
        ("HTTP/1.1 200 OK\r\n\r\n{\"sendStatus\":", "["),
    ] {
        let turn = Turn::Forever(first.into(), more.repeat(4_096).into_bytes());
        raws.push(Raw::start(move |_, _| turn.clone()).await);
    }
    let mut urls: Vec<String> = sandboxes.iter().map(|sandbox| sandbox.url()).collect();
    urls.extend(raws.iter().map(|raw| format!("http://{}", raw.address)));
    let output = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "faults::memory::the_process_that_is_answered_without_end",
            "--exact",
            "--nocapture",
        ])
        .env(ADDRESSES, urls.join(" "))
        .output()
        .await
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(text.contains("grown by "), "{text}");
    println!("{text}");
}
