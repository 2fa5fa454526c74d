//! Watching one message.

use std::time::Duration;

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{Change, End, Reader, RetryPolicy, SendStatus, Watch};

use crate::scripted::{ask, users};

const SECOND: Duration = Duration::from_secs(1);

/// Everything a watch gives, as short words.
async fn all(watch: &mut Watch) -> Vec<String> {
    let mut news = Vec::new();
    while let Some(change) = watch.try_next().await.unwrap() {
        news.push(match change {
            Change::Reader(reader) => reader.id().to_owned(),
            Change::SendStatus(status) => status.to_string(),
            Change::End(end) => format!("{end:?}"),
            _ => panic!("{change:?}"),
        });
    }
    news
}

/// The seconds at which calls were made, from the first.
fn seconds(script: &Script) -> Vec<u64> {
    let calls = script.calls();
    calls
        .iter()
        .map(|call| (call.at - calls[0].at).as_secs())
        .collect()
}

fn watch(script: &Script) -> Watch {
    ask(&script.client().unwrap(), "key").watch(SECOND * 10)
}

#[tokio::test(start_paused = true)]
async fn only_what_is_new_is_given() {
    let script = Script::new()
        .reply(Reply::page(["a"]).send_status(SendStatus::Processing))
        .reply(Reply::page(["a", "b"]))
        .reply(Reply::page(["b", "a"]))
        .reply(Reply::page(["c", "b", "a", "c"]));
    let news = all(&mut watch(&script).target(3)).await;
    assert_eq!(news, ["PROCESSING", "a", "SUCCESS", "b", "c", "Target"]);
}

#[tokio::test(start_paused = true)]
async fn a_recalled_message_ends_it() {
    let script = Script::new().reply(Reply::page(["a"])).reply(
        Reply::page(["a", "b"])
            .send_status(SendStatus::Recalled)
            .next("more"),
    );
    let mut watch = watch(&script);
    assert_eq!(
        all(&mut watch).await,
        ["SUCCESS", "a", "RECALLED", "b", "Recalled"]
    );
    assert_eq!(script.calls().len(), 2, "no further page is asked for");
    assert!(watch.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_it_after_a_last_look() {
    let script = Script::new().otherwise(|_| Reply::page(["a"]));
    let mut watch = watch(&script)
        .ease_to(SECOND * 10)
        .total_timeout(SECOND * 25);
    assert_eq!(all(&mut watch).await, ["SUCCESS", "a", "Deadline"]);
    assert_eq!(seconds(&script), [0, 10, 20, 25]);
}

#[tokio::test(start_paused = true)]
async fn everybody_expected_has_read_it() {
    let script = Script::new()
        .reply(Reply::page([Reader::new(None, Some("outside".to_owned()))]))
        .reply(Reply::page(["a", "b"]))
        .reply(Reply::page(["a", "b", "c"]));
    let mut watch = watch(&script).expect(["c", "outside", "a"]);
    assert_eq!(watch.expected().unwrap().unread, ["c", "outside", "a"]);
    let mut left = Vec::new();
    while let Some(change) = watch.try_next().await.unwrap() {
        if matches!(change, Change::Reader(_)) {
            left.push(watch.expected().unwrap().unread.len());
        } else if change == Change::End(End::AllRead) {
            left.push(99);
        }
    }
    assert_eq!(left, [2, 1, 1, 0, 99]);
    let expected = watch.expected().unwrap();
    assert!(expected.complete);
    assert_eq!(expected.read, ["c", "outside", "a"]);
    assert_eq!(script.calls().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_when_there_is_nothing_to_wait_for() {
    let script = Script::new();
    assert_eq!(all(&mut watch(&script).expect([""; 0])).await, ["AllRead"]);
    assert_eq!(all(&mut watch(&script).target(0)).await, ["Target"]);
    let seen = [Reader::from("a")];
    assert_eq!(
        all(&mut watch(&script).already_seen(&seen).expect(["a"])).await,
        ["AllRead"]
    );
    assert_eq!(
        all(&mut watch(&script).expect(["a"]).already_seen(&seen)).await,
        ["AllRead"]
    );
    assert_eq!(all(&mut watch(&script).max_calls(0)).await, ["Calls"]);
    assert!(script.calls().is_empty());
}

#[tokio::test(start_paused = true)]
async fn looks_get_rarer_while_nothing_changes_and_frequent_again_when_it_does() {
    let quiet = || Reply::page(["a"]);
    let script = Script::new()
        .reply(quiet())
        .reply(quiet())
        .reply(quiet())
        .reply(quiet())
        .reply(Reply::page(["a", "b"]))
        .otherwise(|_| Reply::page(["a", "b"]));
    all(&mut watch(&script).ease_to(SECOND * 40).max_calls(9)).await;
    assert_eq!(seconds(&script), [0, 10, 30, 70, 110, 120, 140, 180, 220]);
}

#[tokio::test(start_paused = true)]
async fn the_number_of_calls_is_known_beforehand_and_kept() {
    let script = Script::new().message_read_by("key", users(30));
    let client = script.client().unwrap();
    let query = ask(&client, "key")
        .max_results(10)
        .max_pages(5)
        .retry(RetryPolicy::never());
    let mut watch = query
        .watch(SECOND)
        .ease_to(SECOND)
        .total_timeout(SECOND * 60);
    assert_eq!(watch.calls_at_most(), 61 * 5);
    all(&mut watch).await;
    assert_eq!(watch.calls_made(), 61 * 3);
    assert_eq!(script.calls().len(), 61 * 3);
}

#[tokio::test(start_paused = true)]
async fn there_is_a_limit_of_calls_even_if_nobody_sets_one() {
    let script = Script::new().otherwise(|_| Reply::page(["a"]));
    let mut watch = watch(&script);
    assert_eq!(watch.calls_at_most(), 500);
    assert_eq!(all(&mut watch).await.last().unwrap(), "Calls");
    assert_eq!(script.calls().len(), 500);
}

/// Retries are calls: the limit holds in the middle of a look, too.
#[tokio::test(start_paused = true)]
async fn the_limit_of_calls_counts_retries_and_pages() {
    let script = Script::new()
        .reply(Reply::page(["a"]).next("1"))
        .otherwise(|_| Reply::error("system.error"));
    let mut watch = watch(&script).max_calls(3);
    assert_eq!(all(&mut watch).await, ["SUCCESS", "a", "Calls"]);
    assert_eq!((watch.calls_made(), script.calls().len()), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn failures_that_pass_do_not_end_it() {
    let down = || Reply::error("system.error");
    let script = Script::new()
        .reply(Reply::error("processQueryKey.expireTime"))
        .reply(Reply::page(["a"]).next("1"))
        .reply(down())
        .reply(down())
        .reply(Reply::page(["b"]));
    let policy = RetryPolicy::never();
    let client = script.builder().unwrap().build().unwrap();
    let query = ask(&client, "key").retry(policy.attempts(3).rule(|_| Some(false)));
    let mut watch = query.watch(SECOND * 10).target(2);
    assert_eq!(all(&mut watch).await, ["SUCCESS", "a", "b", "Target"]);
    // The look that failed on its second page went on there.
    let cursors: Vec<_> = script.calls().into_iter().map(|call| call.cursor).collect();
    let second = Some("1".to_owned());
    assert_eq!(
        cursors,
        [None, None, second.clone(), second.clone(), second]
    );
}

#[tokio::test(start_paused = true)]
async fn looks_that_fail_again_and_again_end_it_with_the_error() {
    let script = Script::new().otherwise(|_| Reply::error("system.error"));
    let query = ask(&script.client().unwrap(), "key").retry(RetryPolicy::default().attempts(2));
    let mut watch = query.watch(SECOND * 10);
    let error = watch.try_next().await.unwrap_err();
    assert!(error.is_retryable());
    assert_eq!(script.calls().len(), 4, "two looks with two attempts each");
    assert!(watch.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_does_not_pass_ends_it_at_once() {
    let script = Script::new().reply(Reply::error("invalid.processQueryKey"));
    let mut watch = watch(&script);
    assert_eq!(watch.try_next().await.unwrap_err().status(), Some(400));
    assert!(watch.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_hangs_does_not_keep_it_from_its_deadline() {
    let script = Script::new()
        .reply(Reply::page(["a"]))
        .otherwise(|_| Reply::silence());
    let start = tokio::time::Instant::now();
    let query = ask(&script.client().unwrap(), "key").call_timeout(SECOND * 20);
    let mut watch = query.watch(SECOND * 10).total_timeout(SECOND * 15);
    assert_eq!(all(&mut watch).await, ["SUCCESS", "a", "Deadline"]);
    assert!(
        start.elapsed() <= SECOND * (15 + 20),
        "{:?}",
        start.elapsed()
    );
}

/// A cursor that was kept over a failed look may be forgotten by the next.
#[tokio::test(start_paused = true)]
async fn a_forgotten_cursor_begins_the_look_again() {
    let script = Script::new()
        .reply(Reply::page(["a"]).next("1"))
        .reply(Reply::error("system.error"))
        .reply(Reply::error("invalidParameter.cursor.invalid"))
        .reply(Reply::page(["a"]).next("1"))
        .reply(Reply::page(["b"]));
    let policy = RetryPolicy::default().attempts(3).rule(|_| Some(false));
    let query = ask(&script.client().unwrap(), "key").retry(policy);
    assert_eq!(
        all(&mut query.watch(SECOND).target(2)).await,
        ["SUCCESS", "a", "b", "Target"]
    );
}

#[tokio::test(start_paused = true)]
async fn it_is_lazy_and_stops_when_it_is_dropped() {
    let script = Script::new().otherwise(|_| Reply::page(["a"]));
    let mut watch = watch(&script);
    tokio::time::sleep(SECOND * 100).await;
    assert!(script.calls().is_empty());
    watch.try_next().await.unwrap();
    drop(watch);
    tokio::time::sleep(SECOND * 100).await;
    assert_eq!(script.calls().len(), 1);
}

#[tokio::test]
async fn an_interval_of_nothing_is_refused() {
    let script = Script::new();
    let mut watch = ask(&script.client().unwrap(), "key").watch(Duration::ZERO);
    assert!(watch.try_next().await.unwrap_err().is_invalid_input());
    assert!(script.calls().is_empty());
}
