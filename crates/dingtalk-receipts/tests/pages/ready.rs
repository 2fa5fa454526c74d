//! A message that has no read data yet.

use std::time::Duration;

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts_sandbox::{Message, Operation, Sandbox};
use tokio::time::Instant;

use crate::scripted::{ask, strict};
use crate::support::builder;

const SECOND: Duration = Duration::from_secs(1);

/// `answers` times that there is nothing yet, then a page.
fn late(answers: usize) -> Script {
    let not_yet = |script: Script, _| script.reply(Reply::error("processQueryKey.expireTime"));
    (0..answers)
        .fold(Script::new(), not_yet)
        .reply(Reply::page(["a"]))
}

#[tokio::test(start_paused = true)]
async fn without_being_asked_to_nobody_waits() {
    let script = late(1);
    let error = ask(&script.client().unwrap(), "key")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_not_ready() && !error.is_retryable(), "{error:?}");
    assert_eq!((script.calls().len(), error.attempts()), (1, 1));
    assert!(error.resume_cursor().is_some());
}

#[tokio::test(start_paused = true)]
async fn it_is_asked_again_after_one_second_then_two_then_every_four() {
    let script = late(4);
    let start = Instant::now();
    let query = ask(&strict(&script), "key").wait_until_ready(SECOND * 60);
    assert_eq!(query.collect().await.unwrap().readers.len(), 1);
    assert_eq!((start.elapsed(), script.calls().len()), (SECOND * 11, 5));
}

#[tokio::test(start_paused = true)]
async fn it_is_given_up_when_the_next_look_would_come_too_late() {
    for (limit, looks, took) in [
        (0, 1, 0),
        (1, 2, 1),
        (2, 2, 1),
        (3, 3, 3),
        (6, 3, 3),
        (7, 4, 7),
    ] {
        let script = late(100);
        let start = Instant::now();
        let query = ask(&strict(&script), "key").wait_until_ready(SECOND * limit);
        let error = query.send().await.unwrap_err();
        assert!(error.is_not_ready(), "{error:?}");
        assert_eq!(
            (script.calls().len(), start.elapsed()),
            (looks, SECOND * took),
            "{limit} s"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_the_run_counts_too_and_other_errors_end_it() {
    let script = late(100);
    let query = ask(&strict(&script), "key")
        .wait_until_ready(SECOND * 60)
        .total_timeout(SECOND * 5);
    assert!(query.collect().await.unwrap_err().is_not_ready());
    assert_eq!(script.calls().len(), 3);

    let script = Script::new()
        .reply(Reply::error("processQueryKey.expireTime"))
        .reply(Reply::error("bot.stopped"))
        .reply(Reply::page(["a"]));
    let query = ask(&strict(&script), "key").wait_until_ready(SECOND * 60);
    let error = query.send().await.unwrap_err();
    assert_eq!(
        (error.raw_code(), script.calls().len()),
        (Some("bot.stopped"), 2)
    );
}

#[tokio::test]
async fn a_message_that_is_ready_in_a_moment_is_read_over_http() {
    let sandbox = Sandbox::builder()
        .static_token("ready-token")
        .message(
            Message::new("key")
                .conversation("cid")
                .robot("robot")
                .readers(3)
                .ready_after(Duration::from_millis(500)),
        )
        .start()
        .await
        .unwrap();
    let client = builder(&sandbox).build().unwrap();
    let receipts = ask(&client, "key")
        .wait_until_ready(SECOND * 30)
        .collect()
        .await
        .unwrap();
    assert_eq!(
        (receipts.readers.len(), sandbox.count(Operation::Query)),
        (3, 2)
    );
}
