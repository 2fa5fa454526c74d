//! What comes, when, and what one failure means for the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dingtalk_receipts::testing::{Reply, Script};

use super::{all, key, one_reader_each, queries};

#[tokio::test(start_paused = true)]
async fn answers_come_as_they_are_complete() {
    let script = Script::new().otherwise(|call| {
        let slow = if call.process_query_key == "key0" {
            9
        } else {
            1
        };
        Reply::page(["a"]).delay(Duration::from_secs(slow))
    });
    let client = script.client().unwrap();
    let indices: Vec<u64> = all(client.read_many_iter(queries(&client, 4)))
        .await
        .iter()
        .map(|answer| answer.index)
        .collect();
    assert_eq!(indices.last(), Some(&0));
    assert_eq!(indices.len(), 4);
}

#[tokio::test(start_paused = true)]
async fn answers_come_in_order_on_request() {
    let script = Script::new().otherwise(|call| {
        let number: u64 = call.process_query_key[3..].parse().unwrap();
        Reply::page(["a"]).delay(Duration::from_millis(number * 7_919 % 1_000))
    });
    let client = script.client().unwrap();
    let answers = all(client
        .read_many_iter(queries(&client, 200))
        .in_order()
        .concurrency(8))
    .await;
    let indices: Vec<u64> = answers.iter().map(|answer| answer.index).collect();
    assert_eq!(indices, (0..200).collect::<Vec<_>>());
    assert!(
        answers
            .iter()
            .all(|answer| answer.process_query_key == key(answer.index as usize))
    );
}

#[tokio::test(start_paused = true)]
async fn one_failure_does_not_stop_the_others() {
    let script = one_reader_each()
        .message("key1", [Reply::error("invalid.processQueryKey")])
        .message(
            "key3",
            [Reply::page(["a"]).next("x"), Reply::error("bot.stopped")],
        );
    let client = script.client().unwrap();
    let mut many = client.read_many_iter(queries(&client, 5)).in_order();
    let mut results = Vec::new();
    while let Some(answer) = many.next().await {
        results.push(answer.result.map(|receipts| receipts.readers.len()));
    }
    let good: Vec<bool> = results.iter().map(Result::is_ok).collect();
    assert_eq!(good, [true, false, true, false, true]);
    let error = results[3].as_ref().unwrap_err();
    assert_eq!(error.partial().unwrap().readers.len(), 1);
    assert_eq!(error.resume_cursor().unwrap().process_query_key(), "key3");
    let progress = many.progress();
    assert_eq!(
        (progress.taken, progress.answered, progress.failed),
        (5, 5, 2)
    );
    assert_eq!(progress.calls, script.calls().len() as u64);
}

#[tokio::test(start_paused = true)]
async fn no_more_messages_are_under_way_than_allowed_and_queries_are_taken_as_needed() {
    let script = Script::new().otherwise(|_| Reply::page(["a"]).delay(Duration::from_secs(1)));
    let client = script.client().unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let lazy = queries(&client, 100).into_iter().inspect(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let mut many = client.read_many_iter(lazy).concurrency(4);
    assert_eq!(taken.load(Ordering::SeqCst), 0, "it is lazy");
    many.next().await.unwrap();
    assert_eq!(taken.load(Ordering::SeqCst), 4);
    assert_eq!(script.calls().len(), 4);
    many.next().await.unwrap();
    assert!(taken.load(Ordering::SeqCst) <= 5);
}

#[tokio::test(start_paused = true)]
async fn dropped_half_way_it_makes_no_more_calls() {
    let script =
        Script::new().otherwise(|_| Reply::page(["a"]).next("x").delay(Duration::from_secs(1)));
    let client = script.client().unwrap();
    let mut many = client.read_many_iter(queries(&client, 100)).concurrency(4);
    assert!(
        tokio::time::timeout(Duration::from_millis(500), many.next())
            .await
            .is_err()
    );
    drop(many);
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert_eq!(script.calls().len(), 4);
}

#[test]
fn without_a_runtime_it_is_an_error_that_says_so() {
    let script = Script::new();
    let client = script.client().unwrap();
    let mut many = client.read_many_iter(queries(&client, 1));
    let mut next = std::pin::pin!(many.next());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Some(answer)) = next.as_mut().poll(&mut context) else {
        panic!("it waits for nothing");
    };
    assert!(
        answer
            .result
            .unwrap_err()
            .to_string()
            .contains("tokio runtime")
    );
}
