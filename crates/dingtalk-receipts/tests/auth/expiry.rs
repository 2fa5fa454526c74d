//! When tokens are renewed, whatever their lifetime is announced as.

use std::time::Duration;

use dingtalk_receipts_sandbox::{AnnouncedExpiry, Answer, App, Message, Operation, Sandbox};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{HOURS, Shifted, ask, builder, demo_app};
use crate::support::sandbox;

#[tokio::test]
async fn a_thousand_first_calls_make_one_token_call() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    let infos = join_all((0..1_000).map(|_| client.token_info())).await;
    assert!(infos.into_iter().all(|info| info.is_ok()));
    assert_eq!(sandbox.token_count(), 1);
    // And with the call that each token is for.
    sandbox.revoke_all();
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    let pages = join_all((0..50).map(|_| ask(&client, &sandbox))).await;
    assert!(pages.into_iter().all(|page| page.is_ok()));
    assert_eq!(sandbox.token_count(), 2);
}

#[tokio::test]
async fn the_token_is_renewed_ten_minutes_early_and_not_before() {
    let sandbox = sandbox(1).await;
    let clock = Shifted::default();
    let client = builder(&sandbox, demo_app(&sandbox))
        .clock(clock.clone())
        .build()
        .unwrap();
    ask(&client, &sandbox).await.unwrap();
    clock.pass(HOURS - Duration::from_secs(630), &sandbox);
    ask(&client, &sandbox).await.unwrap();
    assert_eq!(sandbox.token_count(), 1);
    clock.pass(Duration::from_secs(60), &sandbox);
    for _ in 0..5 {
        ask(&client, &sandbox).await.unwrap();
    }
    assert_eq!(sandbox.token_count(), 2);
    // The internal app was given the same token with a new life.
    clock.pass(HOURS - Duration::from_secs(630), &sandbox);
    ask(&client, &sandbox).await.unwrap();
    assert_eq!(sandbox.token_count(), 2);
    clock.pass(HOURS, &sandbox);
    ask(&client, &sandbox).await.unwrap();
    assert_eq!(sandbox.token_count(), 3);
}

#[tokio::test]
async fn in_the_early_window_one_caller_renews_and_the_others_do_not_wait() {
    let sandbox = sandbox(1).await;
    let clock = Shifted::default();
    let client = builder(&sandbox, demo_app(&sandbox))
        .clock(clock.clone())
        .build()
        .unwrap();
    ask(&client, &sandbox).await.unwrap();
    clock.pass(HOURS - Duration::from_secs(300), &sandbox);
    sandbox
        .script(Operation::AppToken)
        .then(Answer::genuine().hanging());
    let renewing = tokio::spawn({
        let client = client.clone();
        async move { client.token_info().await }
    });
    while sandbox.token_count() < 2 {
        tokio::task::yield_now().await;
    }
    // The token operation says nothing, and nobody minds.
    let pages = join_all((0..50).map(|_| ask(&client, &sandbox))).await;
    assert!(pages.into_iter().all(|page| page.is_ok()));
    assert_eq!(sandbox.token_count(), 2);
    renewing.abort();
}

#[tokio::test]
async fn a_failing_renewal_is_not_seen_while_the_token_is_valid() {
    let sandbox = sandbox(1).await;
    let clock = Shifted::default();
    let client = builder(&sandbox, demo_app(&sandbox))
        .clock(clock.clone())
        .build()
        .unwrap();
    ask(&client, &sandbox).await.unwrap();
    sandbox
        .script(Operation::AppToken)
        .always(Answer::status(503));
    clock.pass(HOURS - Duration::from_secs(300), &sandbox);
    for _ in 0..5 {
        ask(&client, &sandbox).await.unwrap();
        clock.pass(Duration::from_secs(59), &sandbox);
    }
    assert!(sandbox.token_count() > 1, "a renewal was tried");
    clock.pass(Duration::from_secs(10), &sandbox);
    let error = ask(&client, &sandbox).await.unwrap_err();
    assert!(
        error.is_retryable() && error.status() == Some(503),
        "{error}"
    );
    sandbox.script(Operation::AppToken).clear();
    clock.pass(Duration::from_secs(5), &sandbox);
    ask(&client, &sandbox).await.unwrap();
}

async fn token_calls_in_two_hours(announced: AnnouncedExpiry) -> u64 {
    let sandbox = sandbox(1).await;
    sandbox.announce_expiry(announced);
    let clock = Shifted::default();
    let client = builder(&sandbox, demo_app(&sandbox))
        .clock(clock.clone())
        .build()
        .unwrap();
    for _ in 0..119 {
        ask(&client, &sandbox).await.unwrap();
        clock.pass(Duration::from_secs(60), &sandbox);
    }
    sandbox.token_count()
}

#[tokio::test]
async fn any_announced_lifetime_works_and_none_makes_a_busy_loop() {
    for announced in [
        json!(0),
        json!(-1),
        json!("7200"),
        json!(7200.0),
        Value::Null,
        json!("soon"),
        json!([]),
    ] {
        let calls = token_calls_in_two_hours(AnnouncedExpiry::Value(announced.clone())).await;
        assert_eq!(calls, 2, "{announced}: one, and the early renewal");
    }
    assert_eq!(token_calls_in_two_hours(AnnouncedExpiry::Missing).await, 2);
    for announced in [json!(1e18), json!(u64::MAX), json!(99_999_999)] {
        let calls = token_calls_in_two_hours(AnnouncedExpiry::Value(announced.clone())).await;
        assert_eq!(calls, 1, "{announced}");
    }
    // Each minute finds the token of the minute before ended: one call each, and no more.
    assert_eq!(
        token_calls_in_two_hours(AnnouncedExpiry::Value(json!(1))).await,
        119
    );
}

#[tokio::test]
async fn a_token_that_ends_long_before_it_was_announced_to_costs_one_rejected_call() {
    let sandbox = Sandbox::builder()
        .app(App::internal("key", "the-secret").token_lifetime(Duration::from_secs(60)))
        .message(Message::new("k").conversation("c").robot("r").readers(1))
        .start()
        .await
        .unwrap();
    sandbox.announce_expiry(AnnouncedExpiry::Value(json!(1e18)));
    let clock = Shifted::default();
    let app = dingtalk_receipts::InternalApp::new("key", "the-secret");
    let client = builder(&sandbox, app).clock(clock.clone()).build().unwrap();
    for _ in 0..3 {
        let page = client
            .read_status("k")
            .conversation("c")
            .robot("r")
            .send()
            .await;
        assert_eq!(page.unwrap().readers.len(), 1);
        clock.pass(Duration::from_secs(120), &sandbox);
    }
    assert_eq!(
        (sandbox.token_count(), sandbox.count(Operation::Query)),
        (3, 5)
    );
}

#[tokio::test]
async fn pages_go_on_with_a_new_token_when_the_old_one_ends_between_them() {
    let sandbox = sandbox(10).await;
    let clock = Shifted::default();
    let client = builder(&sandbox, demo_app(&sandbox))
        .clock(clock.clone())
        .build()
        .unwrap();
    let mut pages = crate::support::demo(&client, &sandbox)
        .max_results(2)
        .pages();
    let mut readers = 0;
    while let Some(page) = pages.try_next().await.unwrap() {
        readers += page.readers.len();
        clock.pass(HOURS, &sandbox);
    }
    assert_eq!(readers, 10);
    assert_eq!(
        (sandbox.token_count(), sandbox.count(Operation::Query)),
        (5, 5)
    );
}
