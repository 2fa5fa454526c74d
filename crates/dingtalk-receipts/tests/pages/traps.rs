//! What goes wrong with pages elsewhere, over HTTP.

use std::collections::HashSet;
use std::time::Duration;

use dingtalk_receipts::{Cursor, Error, Page, Reader, Receipts, SendStatus};
use dingtalk_receipts_sandbox::{
    Answer, Gate, LastCursor, Message, Operation, ReaderLists, Sandbox,
};
use futures_core::FusedStream as _;
use serde_json::json;

use crate::support::client;

fn message() -> Message {
    Message::new("key").conversation("cid").robot("robot")
}

async fn sandbox(message: Message) -> Sandbox {
    Sandbox::builder().message(message).start().await.unwrap()
}

/// A question in pages of ten.
fn ask(sandbox: &Sandbox) -> dingtalk_receipts::ReadStatus {
    client(sandbox)
        .read_status("key")
        .conversation("cid")
        .robot("robot")
        .max_results(10)
}

async fn all(message: Message) -> (Receipts, u64) {
    let sandbox = sandbox(message).await;
    let receipts = ask(&sandbox).collect().await.unwrap();
    (receipts, sandbox.count(Operation::Query))
}

/// Pages as far as they come, and the error after them.
async fn pages_and_error(message: Message) -> (Vec<Page>, Error, u64) {
    let sandbox = sandbox(message).await;
    let mut stream = ask(&sandbox).pages();
    let mut pages = Vec::new();
    let error = loop {
        match stream.try_next().await {
            Ok(Some(page)) => pages.push(page),
            Ok(None) => panic!("it ended without an error"),
            Err(error) => break error,
        }
    };
    assert!(stream.is_terminated() && stream.next().await.is_none());
    (pages, error, sandbox.count(Operation::Query))
}

fn everybody(count: u64) -> Vec<String> {
    (0..count).map(|place| format!("user{place:06}")).collect()
}

fn ids(readers: &[Reader]) -> Vec<&str> {
    readers.iter().map(Reader::id).collect()
}

#[tokio::test]
async fn nothing_is_fetched_before_it_is_polled_nor_after_it_is_dropped() {
    let sandbox = sandbox(message().readers(30)).await;
    let mut readers = ask(&sandbox).readers();
    assert_eq!(
        (sandbox.count(Operation::Query), sandbox.connections()),
        (0, 0)
    );
    for _ in 0..11 {
        readers.try_next().await.unwrap().unwrap();
    }
    drop(readers);
    // Another query on the same sandbox comes after whatever the stream might have asked.
    ask(&sandbox).send().await.unwrap();
    assert_eq!(sandbox.count(Operation::Query), 3);
}

#[tokio::test]
async fn a_next_that_is_dropped_loses_nothing() {
    let sandbox = sandbox(message().readers(30)).await;
    let gate = Gate::closed();
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine().held_by(&gate));
    let mut readers = ask(&sandbox).readers();
    tokio::select! {
        biased;
        () = sandbox.called(Operation::Query, 1) => {}
        _ = readers.next() => panic!("the answer is held back"),
    }
    gate.open();
    let mut got = Vec::new();
    while let Some(reader) = readers.try_next().await.unwrap() {
        got.push(reader);
    }
    assert_eq!(ids(&got), everybody(30));
    assert_eq!(
        sandbox.count(Operation::Query),
        3,
        "the page under way was not asked for again"
    );
}

#[tokio::test]
async fn an_empty_page_in_the_middle_goes_on() {
    for empty in [vec![1], vec![2], vec![1, 2, 3]] {
        let (receipts, calls) = all(message().readers(25).empty_pages(empty.clone())).await;
        assert_eq!(ids(&receipts.readers), everybody(25));
        assert_eq!(calls, 3 + empty.len() as u64);
    }
}

#[tokio::test]
async fn more_readers_without_a_cursor_are_an_error_after_the_page() {
    for lose in [
        message().readers(25).cursor_lost_on(2),
        message()
            .readers(25)
            .set_on_page(2, "nextToken", json!(null)),
        message().readers(25).set_on_page(2, "nextToken", json!("")),
    ] {
        let (pages, error, calls) = pages_and_error(lose).await;
        assert_eq!(pages.len(), 2);
        assert_eq!(calls, 2);
        assert!(
            error.is_protocol() && error.to_string().contains("no cursor"),
            "{error}"
        );
        assert_eq!(error.resume_cursor(), Some(pages[1].cursor()));
    }
}

#[tokio::test]
async fn a_missing_cursor_ends_the_run_on_request() {
    let sandbox = sandbox(message().readers(25).cursor_lost_on(2)).await;
    let receipts = ask(&sandbox)
        .missing_cursor_ends(true)
        .collect()
        .await
        .unwrap();
    assert_eq!(ids(&receipts.readers), everybody(20));
    assert!(!receipts.complete, "nobody knows whether this is all");
    assert_eq!(receipts.cursor.unwrap().pages_done(), 1);
}

#[tokio::test]
async fn no_more_readers_wins_over_a_cursor() {
    for last in [
        LastCursor::Cursor,
        LastCursor::Empty,
        LastCursor::Null,
        LastCursor::Absent,
    ] {
        let (receipts, calls) = all(message().readers(25).last_cursor(last)).await;
        assert_eq!((receipts.readers.len(), calls), (25, 3), "{last:?}");
        assert!(receipts.complete);
    }
}

/// Without the flag the cursor decides.
#[tokio::test]
async fn a_missing_flag_is_read_off_the_cursor() {
    for omit in [false, true] {
        let flag = |message: Message, page| match omit {
            true => message.omit_on_page(page, "hasMore"),
            false => message.set_on_page(page, "hasMore", json!(null)),
        };
        let message = (1..=3).fold(message().readers(25), flag);
        let (receipts, calls) = all(message).await;
        assert_eq!((receipts.readers.len(), calls), (25, 3));
    }
}

#[tokio::test]
async fn a_flag_of_another_type_is_an_error_and_no_end() {
    for value in [json!("true"), json!(1), json!("false"), json!(0)] {
        let message = message()
            .readers(25)
            .set_on_page(2, "hasMore", value.clone());
        let (pages, error, _) = pages_and_error(message).await;
        assert_eq!(pages.len(), 1, "{value}");
        assert!(
            error.is_protocol() && error.to_string().contains("hasMore"),
            "{error}"
        );
    }
}

/// A, A: the same cursor again. A, B, A, and longer ways round.
#[tokio::test]
async fn cursors_that_go_in_a_circle_are_an_error_after_the_page() {
    for (from, length) in [(1, 1), (2, 1), (1, 2), (2, 2), (1, 3), (3, 5)] {
        let message = message().readers(100).cursors_in_circle(from, length);
        let (pages, error, calls) = pages_and_error(message).await;
        assert!(
            error.is_protocol() && error.to_string().contains("circle"),
            "{error}"
        );
        // The page whose cursor leads back is delivered, and at most one turn more is made: the first page has no
        // cursor to know it by.
        let turn = u64::from(from + length - 1);
        assert!(
            calls <= turn + u64::from(length),
            "{calls} calls for a circle of {length} from {from}"
        );
        assert_eq!(pages.len() as u64, calls);
        let seen: HashSet<_> = pages
            .iter()
            .flat_map(|page| ids(&page.readers))
            .map(str::to_owned)
            .collect();
        assert_eq!(seen.len() as u64, 10 * turn);
    }
}

/// A server may invent cursors for ever: pages without readers do not go on for ever.
#[tokio::test]
async fn pages_that_lead_nowhere_end_with_an_error() {
    let sandbox = sandbox(message().readers(1).empty_pages(1..5_000)).await;
    let error = ask(&sandbox).collect().await.unwrap_err();
    assert!(
        error.is_protocol() && error.to_string().contains("lead nowhere"),
        "{error}"
    );
    assert_eq!(sandbox.count(Operation::Query), 1_000);
    assert_eq!(error.resume_cursor().unwrap().pages_done(), 1_000);
}

#[tokio::test]
async fn cursors_are_passed_on_as_they_are() {
    let long = "x".repeat(4_096);
    for prefix in [
        "a=b+c/d==",
        "页码 \"1\"\\\n\u{1f600}",
        " spaces ",
        "%2B&?#",
        long.as_str(),
    ] {
        let (receipts, _) = all(message().readers(25).cursor_prefix(prefix)).await;
        assert_eq!(ids(&receipts.readers), everybody(25), "{prefix}");
        // As text they survive a file and a command line.
        let sandbox = sandbox(message().readers(25).cursor_prefix(prefix)).await;
        let first = ask(&sandbox).max_pages(1).collect().await.unwrap();
        let text = first.cursor.unwrap().to_string();
        assert!(
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        );
        let cursor: Cursor = text.parse().unwrap();
        let rest = client(&sandbox).resume(&cursor).collect().await.unwrap();
        assert_eq!(rest.readers.len(), 15);
    }
}

#[tokio::test]
async fn readers_that_come_again_are_given_once() {
    let (receipts, _) = all(message().readers(40).overlap(4)).await;
    assert_eq!(ids(&receipts.readers), everybody(40));
    let sandbox = sandbox(message().readers(40).overlap(4)).await;
    let raw = ask(&sandbox).deduplicate(false).collect().await.unwrap();
    assert!(
        raw.readers.len() > 40,
        "on request they are given as they come"
    );
}

/// A reader who has both ids on one page and one of them on another is one reader.
#[tokio::test]
async fn a_reader_is_the_same_under_either_id() {
    let message = message()
        .readers(30)
        .set_on_page(2, "readUserIds", json!(["user000003"]))
        .set_on_page(
            2,
            "readUsers",
            json!([{"unionId": "union000004iEiE"}, {"unionId": "new"}]),
        );
    let (receipts, _) = all(message).await;
    let mut expected = everybody(10);
    expected.push("new".to_owned());
    expected.extend(everybody(30).split_off(20));
    let mut got = ids(&receipts.readers);
    got.sort_unstable();
    expected.sort_unstable();
    assert_eq!(got, expected);
}

#[tokio::test]
async fn either_list_of_readers_may_be_missing_or_null() {
    for lists in [ReaderLists::Both, ReaderLists::UserIds, ReaderLists::Users] {
        for nulls in [false, true] {
            let mut message = message().readers(25).lists(lists);
            if nulls {
                message = message.null_fields().empty_pages([2]);
            }
            let (receipts, _) = all(message).await;
            assert_eq!(ids(&receipts.readers), everybody(25), "{lists:?}");
            let unions = receipts
                .readers
                .iter()
                .filter(|reader| reader.union_id.is_some())
                .count();
            assert_eq!(unions, if lists == ReaderLists::UserIds { 0 } else { 25 });
        }
    }
}

#[tokio::test]
async fn readers_from_outside_are_told_by_their_union_id() {
    let (receipts, _) = all(message().readers(30).outside_every(3)).await;
    assert_eq!(receipts.readers.len(), 30);
    assert_eq!(receipts.readers[2].id(), "union000002iEiE");
    assert_eq!(receipts.readers[2].user_id, None);
}

/// The message is recalled while its pages are read: the readers are all given, and the status is the newest.
#[tokio::test]
async fn a_message_that_is_recalled_meanwhile_says_so() {
    let sandbox = sandbox(message().readers(30).send_status_from_page(2, "RECALLED")).await;
    let mut readers = ask(&sandbox).readers();
    let mut statuses = Vec::new();
    while let Some(reader) = readers.try_next().await.unwrap() {
        let status = readers.send_status().cloned().unwrap();
        if statuses.last() != Some(&status) {
            statuses.push(status);
        }
        drop(reader);
    }
    assert_eq!(statuses, [SendStatus::Success, SendStatus::Recalled]);
    // A page that says nothing of the status takes nothing back.
    let message = message().readers(20).omit_on_page(2, "sendStatus");
    assert_eq!(all(message).await.0.send_status, Some(SendStatus::Success));
}

/// A failure is of its page: the pages before are not asked for again.
#[tokio::test]
async fn a_page_is_retried_and_not_the_run() {
    let sandbox = sandbox(message().readers(30)).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine())
        .then(Answer::error("system.error"))
        .then(Answer::gateway_page(503));
    let receipts = ask(&sandbox).collect().await.unwrap();
    assert_eq!(ids(&receipts.readers), everybody(30));
    assert_eq!(sandbox.count(Operation::Query), 3 + 2);
}

#[tokio::test]
async fn a_failed_run_goes_on_where_it_failed() {
    let sandbox = sandbox(message().readers(50)).await;
    let query = sandbox.script(Operation::Query);
    query
        .times(2, Answer::genuine())
        .then(Answer::error("bot.stopped"));
    let error = ask(&sandbox).collect().await.unwrap_err();
    let partial = error.partial().unwrap().clone();
    assert_eq!(ids(&partial.readers), everybody(20));
    assert_eq!(partial.cursor.as_ref(), error.resume_cursor());
    let rest = client(&sandbox)
        .resume(error.resume_cursor().unwrap())
        .max_results(10);
    assert_eq!(
        ids(&rest.collect().await.unwrap().readers),
        everybody(50)[20..]
    );
    assert_eq!(sandbox.count(Operation::Query), 5 + 1);
}

#[tokio::test]
async fn limits_and_prefetch_ask_for_no_page_beyond() {
    for prefetch in [false, true] {
        let sandbox = sandbox(message().readers(50)).await;
        let query = || ask(&sandbox).prefetch(prefetch);
        assert_eq!(
            query().max_pages(2).collect().await.unwrap().readers.len(),
            20
        );
        assert_eq!(
            query()
                .max_readers(20)
                .collect()
                .await
                .unwrap()
                .readers
                .len(),
            20
        );
        assert_eq!(
            query()
                .max_readers(11)
                .collect()
                .await
                .unwrap()
                .readers
                .len(),
            11
        );
        assert_eq!(sandbox.count(Operation::Query), 6);
    }
}

#[tokio::test]
async fn a_page_fetched_ahead_is_the_only_one() {
    let sandbox = sandbox(message().readers(50)).await;
    let mut readers = ask(&sandbox).prefetch(true).readers();
    readers.try_next().await.unwrap().unwrap();
    // It comes by itself, without a poll.
    sandbox.called(Operation::Query, 2).await;
    for _ in 1..10 {
        readers.try_next().await.unwrap().unwrap();
    }
    ask(&sandbox).max_pages(1).collect().await.unwrap();
    assert_eq!(sandbox.count(Operation::Query), 2 + 1);
}

/// The deadline is that of the run, from its first page on.
#[tokio::test]
async fn a_run_ends_at_its_deadline_and_says_where() {
    let sandbox = sandbox(message().readers(30)).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine())
        .then(Answer::genuine().hanging());
    let error = ask(&sandbox)
        .total_timeout(Duration::from_millis(300))
        .collect()
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.partial().unwrap().readers.len(), 10);
    assert_eq!(error.resume_cursor().unwrap().pages_done(), 1);
}
