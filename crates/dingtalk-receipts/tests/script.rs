//! The test double.

use std::time::Duration;

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{InternalApp, RetryPolicy, SendStatus};

use crate::scripted::{ask, ids, strict, users};

#[tokio::test]
async fn it_notes_what_was_asked() {
    let script = Script::new()
        .reply(Reply::page(["a"]).next("c"))
        .reply(Reply::page(["b"]));
    ask(&script.client().unwrap(), "key")
        .max_results(50)
        .collect()
        .await
        .unwrap();
    let calls = script.calls();
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[1].process_query_key, "key");
    assert_eq!(calls[1].open_conversation_id.as_deref(), Some("cid"));
    assert_eq!(calls[1].robot_code.as_deref(), Some("robot"));
    assert_eq!(calls[1].max_results, Some(50));
    assert_eq!(calls[1].cursor.as_deref(), Some("c"));
    assert!(calls[1].has_access_token && !calls[1].has_webhook_token);
    assert!(calls[0].at <= calls[1].at);
    assert_eq!(
        script.token_calls(),
        0,
        "the client of a script has a token"
    );

    let app = InternalApp::new("key", "secret");
    let script = Script::new().message_read_by("key", users(3));
    let client = script.builder().unwrap().credentials(app).build().unwrap();
    for _ in 0..3 {
        ask(&client, "key").collect().await.unwrap();
    }
    assert_eq!((script.token_calls(), script.calls().len()), (1, 3));
}

#[tokio::test]
async fn a_message_read_by_people_has_pages_of_any_size() {
    let script = Script::new().message_read_by("key", users(7));
    let client = script.client().unwrap();
    for _ in 0..2 {
        let receipts = ask(&client, "key").max_results(3).collect().await.unwrap();
        assert_eq!(ids(&receipts.readers), users(7));
        assert_eq!(receipts.pages, 3);
    }
}

#[tokio::test]
async fn replies_are_for_a_message_or_for_any() {
    let script = Script::new()
        .message("one", [Reply::page(["a"])])
        .reply(Reply::page(["b"]).send_status(SendStatus::Processing))
        .otherwise(|call| Reply::page([format!("reader of {}", call.process_query_key)]));
    let client = script.client().unwrap();
    for (key, reader) in [("two", "b"), ("one", "a"), ("one", "reader of one")] {
        assert_eq!(
            ids(&ask(&client, key).send().await.unwrap().readers),
            [reader]
        );
    }
}

#[tokio::test]
async fn errors_have_the_status_of_the_contract_unless_another_is_given() {
    let script = Script::new()
        .reply(Reply::error("Forbidden.AccessDenied.QpsLimitForApi").header("retry-after", "7"))
        .reply(Reply::error("some.thing.new").status(418).message("no"))
        .reply(Reply::body(200, "text/html", "<html>"));
    let client = strict(&script);
    let throttled = ask(&client, "key").send().await.unwrap_err();
    assert!(throttled.is_throttled());
    assert_eq!(throttled.status(), Some(403));
    assert_eq!(throttled.retry_after(), Some(Duration::from_secs(7)));
    let unknown = ask(&client, "key").send().await.unwrap_err();
    assert_eq!(
        (unknown.status(), unknown.message()),
        (Some(418), Some("no"))
    );
    assert!(ask(&client, "key").send().await.unwrap_err().is_protocol());
}

#[tokio::test(start_paused = true)]
async fn delays_and_silence_pass_on_the_clients_clock() {
    let script = Script::new()
        .reply(Reply::page(["a"]).delay(Duration::from_secs(3)))
        .reply(Reply::silence())
        .reply(Reply::broken_connection());
    let client = strict(&script);
    let start = tokio::time::Instant::now();
    ask(&client, "key").send().await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(3));
    let silent = ask(&client, "key")
        .attempt_timeout(Duration::from_secs(5))
        .send()
        .await
        .unwrap_err();
    assert!(silent.is_timeout());
    assert_eq!(start.elapsed(), Duration::from_secs(8));
    assert!(ask(&client, "key").send().await.unwrap_err().is_retryable());
}

#[tokio::test]
async fn a_script_that_has_ended_says_what_was_asked_and_is_not_asked_again() {
    let script = Script::new();
    let client = script
        .builder()
        .unwrap()
        .retry(RetryPolicy::default())
        .build()
        .unwrap();
    let error = ask(&client, "key").send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the script has no reply for call 1: the first page of message `key`"
    );
    assert_eq!(script.calls().len(), 1);
}

#[tokio::test]
async fn a_reply_that_cannot_be_sent_is_an_error() {
    let script = Script::new().reply(Reply::page(["a"]).header("no header", "\n"));
    let error = ask(&script.client().unwrap(), "key")
        .send()
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("reply that cannot be sent"),
        "{error}"
    );
}

/// Nothing waits for anything, so nothing is needed to wait with.
#[test]
fn without_a_runtime_the_script_answers_all_the_same() {
    let script = Script::new().message_read_by("key", users(7));
    let client = script.client().unwrap();
    let receipts =
        futures_util::FutureExt::now_or_never(ask(&client, "key").max_results(3).collect());
    assert_eq!(receipts.unwrap().unwrap().readers.len(), 7);
}
