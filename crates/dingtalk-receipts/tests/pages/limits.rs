//! Limits: no call is made beyond them, and they say where to go on.

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{Cursor, Expected};

use crate::scripted::{ask, ids, users};

#[tokio::test]
async fn no_page_is_asked_for_beyond_max_pages() {
    for prefetch in [false, true] {
        for most in 0..5_u64 {
            let script = Script::new().message_read_by("key", users(30));
            let client = script.client().unwrap();
            let query = || {
                ask(&client, "key")
                    .max_results(10)
                    .prefetch(prefetch)
                    .max_pages(most)
            };
            let receipts = query().collect().await.unwrap();
            assert_eq!(receipts.pages, most.min(3));
            assert_eq!(
                script.calls().len() as u64,
                most.min(3),
                "prefetch {prefetch}"
            );
            assert_eq!(receipts.complete, most >= 3);
            assert_eq!(receipts.cursor.is_none(), receipts.complete);
        }
    }
}

#[tokio::test]
async fn no_page_is_asked_for_beyond_max_readers() {
    for prefetch in [false, true] {
        for (most, calls) in [
            (0, 0),
            (1, 1),
            (9, 1),
            (10, 1),
            (11, 2),
            (20, 2),
            (30, 3),
            (99, 3),
        ] {
            let script = Script::new().message_read_by("key", users(30));
            let client = script.client().unwrap();
            let query = || {
                ask(&client, "key")
                    .max_results(10)
                    .prefetch(prefetch)
                    .max_readers(most)
            };
            let receipts = query().collect().await.unwrap();
            assert_eq!(receipts.readers.len() as u64, most.min(30));
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            assert_eq!(
                script.calls().len(),
                calls,
                "{most} readers, prefetch {prefetch}"
            );
        }
    }
}

/// Pages are given whole, and none after the one that reached the limit.
#[tokio::test]
async fn max_readers_limits_pages_too() {
    let script = Script::new().message_read_by("key", users(30));
    let client = script.client().unwrap();
    let mut pages = ask(&client, "key").max_results(10).max_readers(15).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.readers.len());
    }
    assert_eq!(sizes, [10, 10]);
    assert_eq!(script.calls().len(), 2);
    assert_eq!(pages.cursor().unwrap().pages_done(), 2);
}

/// A reader who comes again does not count against the limit.
#[tokio::test]
async fn max_readers_counts_each_reader_once() {
    let script = Script::new()
        .reply(Reply::page(["a", "b"]).next("1"))
        .reply(Reply::page(["b", "c"]).next("2"))
        .reply(Reply::page(["d"]));
    let receipts = ask(&script.client().unwrap(), "key")
        .max_readers(3)
        .collect()
        .await
        .unwrap();
    assert_eq!(ids(&receipts.readers), ["a", "b", "c"]);
    assert_eq!(script.calls().len(), 2);
}

#[tokio::test]
async fn a_limited_run_goes_on_where_it_stopped() {
    let script = Script::new().message_read_by("key", users(30));
    let client = script.client().unwrap();
    let first = ask(&client, "key")
        .max_results(10)
        .max_pages(2)
        .collect()
        .await
        .unwrap();
    // The cursor survives a process: as text, and within the receipts as JSON.
    let json = serde_json::to_string(&first).unwrap();
    let kept: dingtalk_receipts::Receipts = serde_json::from_str(&json).unwrap();
    assert_eq!(kept, first);
    let cursor: Cursor = kept.cursor.unwrap().to_string().parse().unwrap();
    assert_eq!(
        (cursor.process_query_key(), cursor.pages_done()),
        ("key", 2)
    );
    let rest = client
        .resume(&cursor)
        .max_results(10)
        .collect()
        .await
        .unwrap();
    assert_eq!(ids(&rest.readers), users(30)[20..]);
    let call = script.calls().pop().unwrap();
    assert_eq!(call.open_conversation_id.as_deref(), Some("cid"));
    assert_eq!(call.robot_code.as_deref(), Some("robot"));
}

/// In the middle of a page the cursor is that of the page: nobody is left out, and at most the page comes again.
#[tokio::test]
async fn a_run_that_stops_in_a_page_goes_on_with_that_page() {
    let script = Script::new().message_read_by("key", users(30));
    let client = script.client().unwrap();
    let first = ask(&client, "key")
        .max_results(10)
        .max_readers(15)
        .collect()
        .await
        .unwrap();
    let query = client
        .resume(first.cursor.as_ref().unwrap())
        .max_results(10);
    let mut rest = query.readers().already_seen(&first.readers);
    let mut got = first.readers.clone();
    while let Some(reader) = rest.try_next().await.unwrap() {
        got.push(reader);
    }
    assert_eq!(ids(&got), users(30));
    assert_eq!(script.calls().len(), 4);
}

#[tokio::test]
async fn who_has_not_read_yet_is_answered_in_one_run() {
    let script = Script::new().message_read_by("key", users(30));
    let client = script.client().unwrap();
    let query = || ask(&client, "key").max_results(10);
    let Expected {
        read,
        unread,
        complete,
        ..
    } = query()
        .expect(["user3", "nobody", "user25", "user3"])
        .await
        .unwrap();
    assert_eq!(
        (read, unread),
        (
            vec!["user3".into(), "user25".into()],
            vec!["nobody".to_owned()]
        )
    );
    assert!(complete);
    assert_eq!(script.calls().len(), 3);
}

#[tokio::test]
async fn no_page_is_asked_for_after_everybody_was_met() {
    let script = Script::new().message_read_by("key", users(30));
    let client = script.client().unwrap();
    let query = || ask(&client, "key").max_results(10);
    let all = query().expect(["user3", "user12"]).await.unwrap();
    assert!(all.unread.is_empty() && all.complete && all.cursor.is_none());
    assert_eq!(script.calls().len(), 2);
    let nobody = query().expect([""; 0]).await.unwrap();
    assert!(nobody.complete);
    assert_eq!(
        script.calls().len(),
        2,
        "nobody is expected, so nothing is asked"
    );
}

#[tokio::test]
async fn unread_is_not_final_when_a_limit_ended_the_run() {
    let script = Script::new().message_read_by("key", users(30));
    let client = script.client().unwrap();
    let query = ask(&client, "key").max_results(10).max_pages(1);
    let some = query.expect(["user3", "user12"]).await.unwrap();
    assert_eq!(some.unread, ["user12"]);
    assert!(!some.complete);
    let rest = client
        .resume(&some.cursor.unwrap())
        .max_results(10)
        .expect(some.unread)
        .await
        .unwrap();
    assert!(rest.unread.is_empty() && rest.complete);
}

#[tokio::test]
async fn a_failure_of_the_roll_call_says_whom_it_had_met() {
    let script = Script::new()
        .reply(Reply::page(["a", "x"]).next("1"))
        .reply(Reply::error("bot.stopped"));
    let error = ask(&script.client().unwrap(), "key")
        .expect(["a", "b"])
        .await
        .unwrap_err();
    assert_eq!(ids(&error.partial().unwrap().readers), ["a"]);
    assert_eq!(error.resume_cursor().unwrap().pages_done(), 1);
    assert_eq!(ids(&error.into_partial().unwrap().readers), ["a"]);
}

/// Blank arguments are errors before anything is sent, also with a limit of nothing.
#[tokio::test]
async fn wrong_arguments_come_before_any_limit() {
    let script = Script::new();
    let client = script.client().unwrap();
    let error = client
        .read_status(" ")
        .max_pages(0)
        .collect()
        .await
        .unwrap_err();
    assert!(error.is_invalid_input());
    assert!(
        client
            .read_status("key")
            .expect(["a"])
            .await
            .unwrap_err()
            .is_invalid_input()
    );
    assert!(script.calls().is_empty());
}

#[tokio::test]
async fn pages_can_be_asked_for_one_by_one() {
    let script = Script::new()
        .reply(Reply::page(["a"]).next("1"))
        .reply(Reply::page(["b"]));
    let client = script.client().unwrap();
    let first = ask(&client, "key").send().await.unwrap();
    assert_eq!(first.cursor().pages_done(), 0);
    let next = first.next_cursor().unwrap();
    let second = client.resume(next).send().await.unwrap();
    assert_eq!((second.cursor(), second.next_cursor()), (next, None));
    assert_eq!(ids(&second.readers), ["b"]);
}
