//! DingTalk rejects a token: HTTP 400 `InvalidAuthentication`.

use dingtalk_receipts::{AccessToken, RetryPolicy};
use dingtalk_receipts_sandbox::{Answer, Operation};
use futures_util::future::join_all;

use super::{ask, builder, demo_app, tokens_sent};
use crate::support::sandbox;

fn rejected() -> Answer {
    Answer::error("InvalidAuthentication")
}

#[tokio::test]
async fn a_revoked_token_is_renewed_once_and_the_call_sent_once_more() {
    let sandbox = sandbox(2).await;
    let client = builder(&sandbox, demo_app(&sandbox))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    ask(&client, &sandbox).await.unwrap();
    sandbox.revoke_all();
    sandbox.forget_calls();
    assert_eq!(ask(&client, &sandbox).await.unwrap().readers.len(), 2);
    let sent = tokens_sent(&sandbox);
    assert_eq!((sent.len(), sandbox.token_count()), (2, 1));
    assert_ne!(sent[0], sent[1]);
}

#[tokio::test]
async fn the_same_token_again_is_the_error() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    ask(&client, &sandbox).await.unwrap();
    sandbox.forget_calls();
    // The gateway rejects what the token operation says is valid, and gives again.
    sandbox.script(Operation::Query).always(rejected());
    let error = ask(&client, &sandbox).await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!(error.raw_code(), Some("InvalidAuthentication"));
    assert_eq!(
        (sandbox.count(Operation::Query), sandbox.token_count()),
        (1, 1)
    );
    // A second later nothing is known to have changed: not even the token operation is asked.
    let error = ask(&client, &sandbox).await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!(
        (sandbox.count(Operation::Query), sandbox.token_count()),
        (2, 1)
    );
}

#[tokio::test]
async fn a_second_rejection_is_the_error() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    ask(&client, &sandbox).await.unwrap();
    sandbox.revoke_all();
    sandbox.forget_calls();
    sandbox.script(Operation::Query).always(rejected());
    let error = ask(&client, &sandbox).await.unwrap_err();
    assert!(error.is_auth() && error.attempts() == 2, "{error}");
    assert_eq!(
        (sandbox.count(Operation::Query), sandbox.token_count()),
        (2, 1)
    );
}

#[tokio::test]
async fn a_hundred_rejections_at_once_make_one_renewal() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    ask(&client, &sandbox).await.unwrap();
    sandbox.revoke_all();
    sandbox.forget_calls();
    let pages = join_all((0..100).map(|_| ask(&client, &sandbox))).await;
    for page in pages {
        page.unwrap();
    }
    assert_eq!(sandbox.token_count(), 1);
    assert!(sandbox.count(Operation::Query) <= 200);
}

#[tokio::test]
async fn a_hundred_rejections_of_a_token_that_comes_again_make_one_renewal_too() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    ask(&client, &sandbox).await.unwrap();
    sandbox.forget_calls();
    sandbox.script(Operation::Query).always(rejected());
    let pages = join_all((0..100).map(|_| ask(&client, &sandbox))).await;
    assert!(pages.into_iter().all(|page| page.unwrap_err().is_auth()));
    assert_eq!(sandbox.token_count(), 1);
}

#[tokio::test]
async fn a_late_rejection_does_not_evict_the_new_token() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    ask(&client, &sandbox).await.unwrap();
    sandbox.revoke_all();
    sandbox.forget_calls();
    // Rejected, but the answer takes its time.
    let late = rejected().delayed(std::time::Duration::from_millis(300));
    sandbox.script(Operation::Query).then(late);
    let late = tokio::spawn({
        let (client, values) = (client.clone(), sandbox.demo_values().unwrap().clone());
        async move {
            let query = client.read_status(values.process_query_key);
            query
                .conversation(values.open_conversation_id)
                .robot(values.robot_code)
                .send()
                .await
        }
    });
    while sandbox.count(Operation::Query) == 0 {
        tokio::task::yield_now().await;
    }
    ask(&client, &sandbox).await.unwrap();
    late.await.unwrap().unwrap();
    assert_eq!(sandbox.token_count(), 1);
}

#[tokio::test]
async fn permission_errors_and_others_never_cost_a_token() {
    for code in [
        "Forbidden.AccessDenied.AccessTokenPermissionDenied",
        "Forbidden.AccessDenied.IpNotInWhiteList",
        "Forbidden.AccessDenied.ApiCountLimitForOrg",
        "auth.error",
        "unauthorized",
        "conversation.org.dismatch",
        "AuthenticationFailed.MissingParameter",
        "invalid.processQueryKey",
    ] {
        let sandbox = sandbox(1).await;
        let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
        sandbox.script(Operation::Query).always(Answer::error(code));
        let error = ask(&client, &sandbox).await.unwrap_err();
        assert_eq!(error.raw_code(), Some(code));
        assert_eq!(
            (sandbox.count(Operation::Query), sandbox.token_count()),
            (1, 1),
            "{code}"
        );
    }
}

#[tokio::test]
async fn a_token_that_somebody_gave_is_not_renewed() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, AccessToken::new("made-up").unwrap())
        .build()
        .unwrap();
    let error = ask(&client, &sandbox).await.unwrap_err();
    assert!(error.is_auth() && error.attempts() == 1, "{error}");
    assert_eq!(
        (sandbox.count(Operation::Query), sandbox.token_count()),
        (1, 0)
    );
}

#[tokio::test]
async fn a_call_that_is_tried_again_takes_its_token_anew() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    ask(&client, &sandbox).await.unwrap();
    sandbox.revoke_all();
    sandbox.forget_calls();
    // The server fails, then rejects the token, then fails again: retries and the renewal do not get in each other's
    // way.
    sandbox
        .script(Operation::Query)
        .then(Answer::status(503))
        .then(Answer::genuine())
        .then(Answer::status(502));
    ask(&client, &sandbox).await.unwrap();
    assert_eq!(
        (sandbox.count(Operation::Query), sandbox.token_count()),
        (4, 1)
    );
    let sent = tokens_sent(&sandbox);
    assert!(sent[0] == sent[1] && sent[1] != sent[2] && sent[2] == sent[3]);
}
