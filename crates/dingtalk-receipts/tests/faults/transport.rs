//! Connections that fail, break, hang and lie.

use std::time::Duration;

use dingtalk_receipts::{Phase, RetryPolicy, Sent};
use dingtalk_receipts_sandbox::{Answer, ConnectionFault, Operation};

use crate::support::{builder, client, demo, error_of, quick_retries, sandbox};

#[tokio::test]
async fn a_refused_connection_was_not_sent() {
    let gone = sandbox(1).await;
    let client = builder(&gone).retry(RetryPolicy::never()).build().unwrap();
    let query = demo(&client, &gone);
    gone.shutdown().await;
    let error = query.send().await.unwrap_err();
    assert!(
        error.is_connect() && error.is_retryable() && !error.is_timeout(),
        "{error:?}"
    );
    assert_eq!(
        (error.was_sent(), error.attempts(), error.status()),
        (Sent::No, 1, None)
    );
}

#[tokio::test]
async fn an_unknown_host_is_a_connection_error() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox)
        .base_url("https://no-such-host.invalid")
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let error = demo(&client, &sandbox).send().await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable(), "{error:?}");
}

#[tokio::test]
async fn connections_that_are_reset_or_closed_at_once_are_made_anew() {
    let sandbox = sandbox(1).await;
    sandbox.fail_connections([ConnectionFault::Reset, ConnectionFault::Close]);
    let page = demo(&client(&sandbox), &sandbox).send().await.unwrap();
    assert_eq!(page.readers.len(), 1);
}

#[tokio::test]
async fn broken_answers_are_asked_for_again() {
    for broken in [
        Answer::genuine().reset_before_request(),
        Answer::genuine().reset_after_request(),
        Answer::genuine().closed_without_answer(),
        Answer::genuine().truncated_after(10),
        Answer::genuine().reset_after(10),
        Answer::genuine().content_length(100_000),
        Answer::genuine().chunked_garbage(),
        Answer::corrupt_gzip(),
    ] {
        let sandbox = sandbox(3).await;
        sandbox.script(Operation::Query).times(2, broken.clone());
        let page = demo(&client(&sandbox), &sandbox).send().await.unwrap();
        assert_eq!(page.readers.len(), 3, "{broken:?}");

        let error = error_of(broken.clone()).await;
        assert!(
            error.is_retryable() && !error.is_protocol() && !error.is_timeout(),
            "{broken:?}: {error:?}"
        );
        assert_ne!(error.was_sent(), Sent::No, "{broken:?}");
    }
}

#[tokio::test]
async fn connections_that_are_closed_while_idle_are_replaced_and_no_reader_is_lost() {
    let sandbox = sandbox(1000).await;
    let client = client(&sandbox);
    sandbox
        .script(Operation::Query)
        .times(3, Answer::genuine().closed_afterwards());
    for _ in 0..2 {
        let receipts = demo(&client, &sandbox).collect().await.unwrap();
        assert_eq!(receipts.readers.len(), 1000);
        sandbox.close_connections();
    }
}

#[tokio::test]
async fn what_hangs_stalls_or_drips_ends_with_the_attempt() {
    let limit = Duration::from_millis(150);
    for (fault, phase) in [
        (Answer::genuine().hanging(), Phase::Head),
        (
            Answer::genuine().delayed(Duration::from_secs(600)),
            Phase::Head,
        ),
        (Answer::genuine().stalled_after(10), Phase::Body),
        (
            Answer::genuine().dripping(1, Duration::from_millis(40)),
            Phase::Body,
        ),
        (
            Answer::endless().dripping(1, Duration::from_millis(40)),
            Phase::Body,
        ),
    ] {
        let sandbox = sandbox(50).await;
        sandbox.script(Operation::Query).always(fault.clone());
        let client = builder(&sandbox)
            .attempt_timeout(limit)
            .retry(RetryPolicy::never())
            .build()
            .unwrap();
        let error = demo(&client, &sandbox).send().await.unwrap_err();
        assert_eq!(error.timeout_phase(), Some(phase), "{fault:?}: {error:?}");
        assert!(error.is_timeout() && error.is_retryable());
    }
}

#[tokio::test]
async fn a_hanging_connection_ends_with_the_attempt() {
    let sandbox = sandbox(1).await;
    sandbox.fail_connections([ConnectionFault::Hang]);
    let client = builder(&sandbox)
        .attempt_timeout(Duration::from_millis(150))
        .retry(quick_retries().attempts(2))
        .build()
        .unwrap();
    assert_eq!(
        demo(&client, &sandbox).send().await.unwrap().readers.len(),
        1
    );
}

#[tokio::test]
async fn the_deadline_of_the_run_ends_it_between_pages() {
    let sandbox = sandbox(1000).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine())
        .always(Answer::genuine().hanging());
    let client = client(&sandbox);
    let mut readers = demo(&client, &sandbox)
        .total_timeout(Duration::from_millis(200))
        .readers();
    let mut count = 0;
    let error = loop {
        match readers.next().await {
            Some(Ok(_)) => count += 1,
            Some(Err(error)) => break error,
            None => panic!("the second page never comes"),
        }
    };
    assert_eq!(count, 200);
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.resume_cursor().unwrap().pages_done(), 1);
}

#[tokio::test]
async fn redirects_are_errors_and_the_token_stays_here() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = sandbox(1).await;
        let location = format!(
            "{}/v1.0/robot/groupMessages/query?secret=1",
            elsewhere.url()
        );
        let error = error_of(Answer::redirect(status, &location)).await;
        assert!(error.is_protocol() && !error.is_retryable(), "{error:?}");
        assert_eq!(error.status(), Some(status));
        let text = error.to_string();
        assert!(
            text.contains("redirect to 127.0.0.1") && !text.contains("secret"),
            "{text}"
        );
        assert_eq!(elsewhere.connections(), 0);
    }
}

#[tokio::test]
async fn bodies_over_the_bound_are_errors() {
    for large in [
        Answer::endless(),
        Answer::gzip_bomb(1 << 30),
        Answer::bytes(200, "application/json", vec![b' '; 100 * 1024 * 1024]),
    ] {
        let error = error_of(large).await;
        assert!(error.is_protocol() && !error.is_retryable(), "{error:?}");
        assert!(
            error.to_string().contains("longer than the 8388608 bytes"),
            "{error}"
        );
        assert_eq!(error.status(), Some(200));
    }
}

#[tokio::test]
async fn the_bound_is_the_clients_choice_and_counts_what_is_unpacked() {
    let sandbox = sandbox(200).await;
    let client = |bytes| {
        let builder = builder(&sandbox).retry(RetryPolicy::never());
        builder.max_body_size(bytes).build().unwrap()
    };
    let error = demo(&client(1_000), &sandbox).send().await.unwrap_err();
    assert!(
        error.to_string().contains("longer than the 1000 bytes"),
        "{error}"
    );
    assert_eq!(
        demo(&client(100_000), &sandbox)
            .send()
            .await
            .unwrap()
            .readers
            .len(),
        200
    );
    let blanks = Answer::gzip_bomb(100_000);
    sandbox.script(Operation::Query).times(1, blanks);
    assert!(
        demo(&client(99_999), &sandbox)
            .send()
            .await
            .unwrap_err()
            .is_protocol()
    );
}

#[tokio::test]
async fn a_packed_body_is_unpacked() {
    let sandbox = sandbox(1).await;
    let page =
        serde_json::json!({ "sendStatus": "SUCCESS", "readUserIds": ["a", "b"], "hasMore": false });
    sandbox
        .script(Operation::Query)
        .then(Answer::gzip(200, &page));
    assert_eq!(
        demo(&client(&sandbox), &sandbox)
            .send()
            .await
            .unwrap()
            .readers
            .len(),
        2
    );
}

#[tokio::test]
async fn a_proxy_that_is_down_is_a_connection_error_without_its_password() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox)
        .proxy("http://user:hunter2-proxy@127.0.0.1:9")
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let error = demo(&client, &sandbox).send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let shown = format!(
        "{error} {error:?} {:?} {client:?}",
        std::error::Error::source(&error)
    );
    assert!(!shown.contains("hunter2"), "{shown}");
}
