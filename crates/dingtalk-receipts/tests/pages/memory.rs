//! A million readers, over HTTP, in a process whose memory is looked at.

#![cfg(target_os = "linux")]

use std::process::Command;

use dingtalk_receipts::{AccessToken, Client, RateLimit};
use dingtalk_receipts_sandbox::{Message, Operation, ReaderLists, Sandbox};

const READERS: u64 = 1_000_000;
const ADDRESS: &str = "DINGTALK_RECEIPTS_MEMORY_TEST";

/// The resident size of this process, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kilobytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kilobytes * 1024
}

/// Does nothing unless the test below starts it in a process of its own.
#[test]
fn the_process_that_reads_them() {
    let Ok(address) = std::env::var(ADDRESS) else {
        return;
    };
    let (url, deduplicate) = address.split_once(' ').unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let grown = runtime.block_on(async {
        let client = Client::builder()
            .base_url(url)
            .credentials(AccessToken::new("memory-test-token").unwrap())
            .rate_limit(RateLimit::unlimited())
            .build()
            .unwrap();
        let query = client.read_status("key").conversation("cid").robot("robot");
        let mut readers = query.deduplicate(deduplicate == "yes").readers();
        let mut count = 0_u64;
        let mut after_first_page = 0;
        let mut most = 0;
        while readers.try_next().await.unwrap().is_some() {
            count += 1;
            if count == 200 {
                after_first_page = resident();
            } else if count.is_multiple_of(2_000) {
                most = most.max(resident());
            }
        }
        assert_eq!(count, READERS);
        most.saturating_sub(after_first_page)
    });
    println!("grown by {grown} bytes");
}

fn grown(url: &str, deduplicate: bool) -> u64 {
    let deduplicate = if deduplicate { "yes" } else { "no" };
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "pages::memory::the_process_that_reads_them",
            "--exact",
            "--nocapture",
        ])
        .env(ADDRESS, format!("{url} {deduplicate}"))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("grown by "))
        .unwrap();
    line.split(' ').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_million_readers_take_the_memory_of_a_page_and_64_bytes_each_to_deduplicate() {
    let message = Message::new("key")
        .conversation("cid")
        .robot("robot")
        .readers(READERS);
    let sandbox = Sandbox::builder()
        .message(message.lists(ReaderLists::Both))
        .static_token("memory-test-token")
        .check_answers(false)
        .keep_calls(1)
        .start()
        .await
        .unwrap();
    let url = sandbox.url();
    let (plain, deduplicated) = tokio::task::spawn_blocking(move || {
        std::thread::scope(|scope| {
            let plain = scope.spawn(|| grown(&url, false));
            let deduplicated = grown(&url, true);
            (plain.join().unwrap(), deduplicated)
        })
    })
    .await
    .unwrap();
    println!("without de-duplication {plain} bytes, with it {deduplicated} bytes");
    assert_eq!(sandbox.count(Operation::Query), 2 * READERS / 200);
    assert!(plain < 8 * 1024 * 1024, "{plain} bytes");
    assert!(
        deduplicated <= 64 * READERS,
        "{} bytes a reader",
        deduplicated as f64 / READERS as f64
    );
}
