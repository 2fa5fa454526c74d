//! Many messages, failures among them, and a process that is killed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dingtalk_receipts::{AccessToken, Client, FileJournal, RateLimit, ReadStatus, RetryPolicy};
use dingtalk_receipts_sandbox::{Answer, Chaos, Message, Operation, Sandbox};

const MESSAGES: usize = 150;
const AT_ONCE: usize = 8;
const TOKEN: &str = "many-messages-token";
const KILLED: &str = "DINGTALK_RECEIPTS_KILL_TEST";

/// Message `n` has `n` readers; in pages of 200 that is one call each.
async fn sandbox() -> Sandbox {
    let messages = (0..MESSAGES as u64).map(|number| {
        let message = Message::new(format!("key{number}")).readers(number);
        message.conversation("cid").robot("robot")
    });
    let builder = Sandbox::builder().static_token(TOKEN).check_answers(false);
    messages
        .fold(builder, |builder, message| builder.message(message))
        .start()
        .await
        .unwrap()
}

fn client(url: &str) -> Client {
    Client::builder()
        .base_url(url)
        .credentials(AccessToken::new(TOKEN).unwrap())
        .rate_limit(RateLimit::unlimited())
        .retry(crate::support::quick_retries())
        .build()
        .unwrap()
}

fn queries(client: &Client) -> Vec<ReadStatus> {
    let query = |number| client.read_status(format!("key{number}"));
    (0..MESSAGES)
        .map(|number| query(number).conversation("cid").robot("robot"))
        .collect()
}

#[tokio::test]
async fn a_server_that_fails_now_and_then_is_no_matter() {
    let sandbox = sandbox().await;
    let chaos = Chaos::seeded(7)
        .rate(0.1, Answer::error("system.error"))
        .rate(0.1, Answer::gateway_page(503))
        .rate(0.05, Answer::genuine().reset_after_request());
    sandbox.set_chaos(Operation::Query, chaos.at_most_in_a_row(3));
    let client = client(&sandbox.url());
    let mut many = client
        .read_many_iter(queries(&client))
        .concurrency(AT_ONCE)
        .in_order();
    let mut sizes = Vec::new();
    while let Some(answer) = many.next().await {
        sizes.push(answer.result.unwrap().readers.len());
    }
    assert_eq!(sizes, (0..MESSAGES).collect::<Vec<_>>());
    assert_eq!(many.progress().calls, sandbox.count(Operation::Query));
}

#[tokio::test]
async fn a_message_that_fails_for_good_is_one_answer_among_many() {
    let sandbox = sandbox().await;
    sandbox
        .script(Operation::Query)
        .times(5, Answer::genuine())
        .then(Answer::error("bot.stopped"));
    let client = client(&sandbox.url());
    let mut many = client.read_many_iter(queries(&client));
    let mut failed = 0;
    while let Some(answer) = many.next().await {
        failed += usize::from(answer.result.is_err());
    }
    assert_eq!((failed, many.progress().answered), (1, MESSAGES as u64));
}

/// Does nothing unless the test below starts it in a process of its own, to kill it.
#[tokio::test]
async fn the_process_that_is_killed() {
    let Ok(run) = std::env::var(KILLED) else {
        return;
    };
    let (url, path) = run.split_once(' ').unwrap();
    let client = client(url);
    let journal = FileJournal::open(path).unwrap();
    let mut many = client
        .read_many_iter(queries(&client))
        .journal(journal)
        .concurrency(AT_ONCE);
    while many.next().await.is_some() {}
}

/// Starts a run in another process and kills it after so many calls.
async fn killed_after(sandbox: &Sandbox, path: &Path, calls: u64) {
    let mut run = Command::new(std::env::current_exe().unwrap())
        .args(["live::many::the_process_that_is_killed", "--exact"])
        .env(KILLED, format!("{} {}", sandbox.url(), path.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sandbox.called(Operation::Query, calls).await;
    run.kill().unwrap();
    run.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_whose_process_is_killed_goes_on_without_asking_again() {
    let path: PathBuf =
        std::env::temp_dir().join(format!("dingtalk-receipts-{}-killed", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let sandbox = sandbox().await;
    let kills = [1, 40, 41, 110];
    for calls in kills {
        killed_after(&sandbox, &path, calls).await;
    }
    let client = client(&sandbox.url());
    let journal = FileJournal::open(&path).unwrap();
    let known = journal.len();
    let mut many = client.read_many_iter(queries(&client)).journal(journal);
    let mut answered = BTreeSet::new();
    while let Some(answer) = many.next().await {
        assert_eq!(answer.result.unwrap().readers.len() as u64, answer.index);
        answered.insert(answer.index);
    }
    assert_eq!(answered.len(), MESSAGES);
    assert_eq!(many.progress().from_journal, known as u64);
    assert_eq!(many.progress().calls as usize, MESSAGES - known);
    // Only what was under way when a process died was asked twice.
    let calls = sandbox.count(Operation::Query) as usize;
    assert!(calls <= MESSAGES + kills.len() * AT_ONCE, "{calls} calls");
    drop(many);
    std::fs::remove_file(&path).unwrap();
}

/// The policy is the query's: one that never tries again gives each failure as the answer.
#[tokio::test]
async fn each_query_keeps_its_own_limits() {
    let sandbox = sandbox().await;
    sandbox
        .script(Operation::Query)
        .always(Answer::error("system.error"));
    let client = client(&sandbox.url());
    let never = queries(&client)
        .into_iter()
        .map(|query| query.retry(RetryPolicy::never()));
    let mut many = client.read_many_iter(never.take(10).collect::<Vec<_>>());
    while let Some(answer) = many.next().await {
        assert_eq!(answer.result.unwrap_err().attempts(), 1);
    }
    assert_eq!(sandbox.count(Operation::Query), 10);
}
