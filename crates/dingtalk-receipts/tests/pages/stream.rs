//! What kind of stream it is: lazy, fused, cancel-safe, sendable.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{Pages, RateLimit, ReadMany, Readers, Watch};
use futures_core::{FusedStream, Stream};

use crate::scripted::{ask, ids, strict};

fn three_pages() -> Script {
    Script::new()
        .reply(Reply::page(["a", "b"]).next("1"))
        .reply(Reply::page(["c", "d"]).next("2"))
        .reply(Reply::page(["e"]))
}

#[test]
fn streams_can_be_sent_and_need_no_pinning() {
    fn check<T: Send + Unpin + FusedStream>() {}
    check::<Pages>();
    check::<Readers>();
    check::<Watch>();
    check::<ReadMany<'static>>();
}

/// Polls once and gives up, as `select!` does with the branches that lose.
async fn poll_once<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn nothing_is_asked_before_the_first_poll() {
    let script = three_pages();
    let client = script.client().unwrap();
    let pages = ask(&client, "key").prefetch(true).pages();
    let readers = ask(&client, "key").prefetch(true).readers();
    settle().await;
    assert!(script.calls().is_empty());
    assert!(!pages.is_terminated() && !readers.is_terminated());
}

#[tokio::test]
async fn a_page_is_asked_for_when_the_one_before_is_used_up() {
    let script = three_pages();
    let mut readers = ask(&script.client().unwrap(), "key").readers();
    for (calls, reader) in [(1, "a"), (1, "b"), (2, "c"), (2, "d"), (3, "e")] {
        assert_eq!(readers.try_next().await.unwrap().unwrap().id(), reader);
        settle().await;
        assert_eq!(script.calls().len(), calls, "at {reader}");
    }
    assert_eq!(readers.try_next().await.unwrap(), None);
    assert!(readers.is_complete());
}

#[tokio::test]
async fn it_stays_ended_after_the_last_page() {
    let script = three_pages();
    let client = script.client().unwrap();
    let mut pages = ask(&client, "key").pages();
    let mut count = 0;
    while pages.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 3);
    assert!(pages.is_terminated() && pages.is_complete() && pages.cursor().is_none());
    assert!(pages.next().await.is_none());
    assert_eq!(script.calls().len(), 3);
}

#[tokio::test]
async fn an_error_comes_once_and_ends_it_for_good() {
    let script = Script::new()
        .reply(Reply::page(["a"]).next("1"))
        .reply(Reply::error("system.error"))
        .reply(Reply::page(["never"]));
    let mut readers = ask(&strict(&script), "key").readers();
    assert_eq!(readers.next().await.unwrap().unwrap().id(), "a");
    let error = readers.next().await.unwrap().unwrap_err();
    assert_eq!(error.resume_cursor().unwrap().pages_done(), 1);
    assert_eq!(readers.cursor(), error.resume_cursor());
    assert!(readers.is_terminated());
    for _ in 0..3 {
        assert!(readers.next().await.is_none());
    }
    assert_eq!(script.calls().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_next_that_is_dropped_loses_nothing_and_asks_nothing_twice() {
    let slow = |reply: Reply| reply.delay(Duration::from_secs(1));
    let script = Script::new()
        .reply(slow(Reply::page(["a"]).next("1")))
        .reply(slow(Reply::page(["b"])));
    let mut readers = ask(&script.client().unwrap(), "key").readers();
    let mut got = Vec::new();
    loop {
        // Each try lasts a tenth of what a page takes.
        let next = tokio::time::timeout(Duration::from_millis(100), readers.try_next()).await;
        match next {
            Ok(Ok(Some(reader))) => got.push(reader),
            Ok(Ok(None)) => break,
            Ok(Err(error)) => panic!("{error}"),
            Err(_) => {}
        }
    }
    assert_eq!(ids(&got), ["a", "b"]);
    assert_eq!(script.calls().len(), 2);
}

/// A stream that nobody polls must not keep the client's rate limit from others.
#[tokio::test(start_paused = true)]
async fn a_page_under_way_that_is_not_polled_holds_up_nobody() {
    let script = Script::new().otherwise(|_| Reply::page(["a"]).delay(Duration::from_millis(10)));
    let rate_limit = RateLimit::per_second(1.0);
    let client = script
        .builder()
        .unwrap()
        .rate_limit(rate_limit)
        .concurrency(1)
        .build()
        .unwrap();
    ask(&client, "first").send().await.unwrap();
    let mut waiting = ask(&client, "waiting").pages();
    assert!(
        poll_once(waiting.next()).await.is_none(),
        "it has to wait for its second"
    );
    settle().await;
    let other = ask(&client, "other").send();
    tokio::time::timeout(Duration::from_secs(5), other)
        .await
        .expect("it is its turn")
        .unwrap();
    assert_eq!(waiting.try_next().await.unwrap().unwrap().readers.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_dropped_makes_no_more_calls() {
    for prefetch in [false, true] {
        let script = Script::new().otherwise(|call| {
            let page = call
                .cursor
                .as_deref()
                .map_or(1, |text| text.parse::<u32>().unwrap());
            Reply::page([format!("{page}")])
                .next(format!("{}", page + 1))
                .delay(Duration::from_secs(1))
        });
        let mut readers = ask(&script.client().unwrap(), "key")
            .prefetch(prefetch)
            .readers();
        readers.try_next().await.unwrap();
        let _ = poll_once(readers.next()).await;
        settle().await;
        drop(readers);
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert_eq!(script.calls().len(), 2, "prefetch {prefetch}");
    }
}

/// The call waits for the rate limit when its stream is dropped: it is never made.
#[tokio::test(start_paused = true)]
async fn a_call_that_was_not_sent_when_its_stream_was_dropped_is_never_sent() {
    let script = Script::new().otherwise(|_| Reply::page(["a"]));
    let client = script
        .builder()
        .unwrap()
        .rate_limit(RateLimit::per_second(1.0))
        .build()
        .unwrap();
    ask(&client, "first").send().await.unwrap();
    let mut pages = ask(&client, "second").pages();
    assert!(poll_once(pages.next()).await.is_none());
    settle().await;
    drop(pages);
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(script.calls().len(), 1);
}

#[tokio::test]
async fn prefetch_is_one_page_ahead_and_no_more() {
    let script = three_pages();
    let mut readers = ask(&script.client().unwrap(), "key")
        .prefetch(true)
        .readers();
    for (calls, reader) in [(2, "a"), (2, "b"), (3, "c"), (3, "d"), (3, "e")] {
        assert_eq!(readers.try_next().await.unwrap().unwrap().id(), reader);
        settle().await;
        assert_eq!(script.calls().len(), calls, "at {reader}");
    }
    let script = three_pages();
    let mut pages = ask(&script.client().unwrap(), "key").prefetch(true).pages();
    for calls in [2, 3, 3] {
        pages.try_next().await.unwrap().unwrap();
        settle().await;
        assert_eq!(script.calls().len(), calls);
    }
}

/// The page that is fetched ahead saves the time in which the one before is handled.
#[tokio::test(start_paused = true)]
async fn prefetch_works_while_the_page_before_is_handled() {
    let second = Duration::from_secs(1);
    for (prefetch, seconds) in [(false, 6), (true, 4)] {
        let script = Script::new()
            .reply(Reply::page(["a"]).next("1").delay(second))
            .reply(Reply::page(["b"]).next("2").delay(second))
            .reply(Reply::page(["c"]).delay(second));
        let mut pages = ask(&script.client().unwrap(), "key")
            .prefetch(prefetch)
            .pages();
        let start = tokio::time::Instant::now();
        while pages.try_next().await.unwrap().is_some() {
            tokio::time::sleep(second).await;
        }
        assert_eq!(start.elapsed().as_secs(), seconds, "prefetch {prefetch}");
    }
}

#[tokio::test]
async fn a_prefetched_page_that_fails_is_an_error_in_its_place() {
    let script = Script::new()
        .reply(Reply::page(["a", "b"]).next("1"))
        .reply(Reply::error("system.error"));
    let mut readers = ask(&strict(&script), "key").prefetch(true).readers();
    assert_eq!(readers.try_next().await.unwrap().unwrap().id(), "a");
    settle().await;
    assert_eq!(readers.try_next().await.unwrap().unwrap().id(), "b");
    let error = readers.try_next().await.unwrap_err();
    assert_eq!(error.resume_cursor().unwrap().pages_done(), 1);
}

#[tokio::test]
async fn both_are_streams_for_any_adaptor() {
    let script = three_pages();
    let mut readers = ask(&script.client().unwrap(), "key").readers();
    let mut got = Vec::new();
    while let Some(reader) = poll_fn(|context| Pin::new(&mut readers).poll_next(context)).await {
        got.push(reader.unwrap());
    }
    assert_eq!(ids(&got), ["a", "b", "c", "d", "e"]);
}

/// A panic in the user's own code reaches the user, not a log.
#[tokio::test]
#[should_panic(expected = "the user's rule")]
async fn a_panic_of_a_retry_rule_reaches_whoever_polls() {
    let script = Script::new().reply(Reply::error("system.error"));
    let policy = dingtalk_receipts::RetryPolicy::default().rule(|_| panic!("the user's rule"));
    let mut pages = ask(&script.client().unwrap(), "key").retry(policy).pages();
    let _ = pages.next().await;
}
