//! What is tried again, what is not, and what each code of the contract means to the user.

use dingtalk_receipts::{Advice, Error, ErrorCode, ErrorKind, RetryPolicy};
use dingtalk_receipts_sandbox::{Answer, Operation};

use crate::support::{
    builder, client, demo, error_after_retries, error_of, quick_retries, sandbox,
};

/// Every code of the contract with each of its statuses, as the one attempt sees it.
#[tokio::test]
async fn every_documented_code_means_what_the_catalog_says() {
    for code in ErrorCode::KNOWN {
        for status in code
            .statuses()
            .iter()
            .copied()
            .filter(|status| *status >= 400)
        {
            let error = error_of(Answer::error_with(status, code.as_str(), "m")).await;
            assert_eq!(error.code(), Some(code), "{error:?}");
            assert_eq!(error.status(), Some(status));
            assert_eq!(Some(error.advice()), code.advice());
            assert_eq!(
                kinds(&error),
                code.kind().into_iter().collect::<Vec<_>>(),
                "{error:?}"
            );
            assert!(!error.meaning().is_empty());
        }
    }
}

/// The kinds whose predicate is true.
fn kinds(error: &Error) -> Vec<ErrorKind> {
    [
        (error.is_auth(), ErrorKind::Authentication),
        (error.is_permission_denied(), ErrorKind::Permission),
        (error.is_throttled(), ErrorKind::Throttling),
        (error.is_quota_exhausted(), ErrorKind::Quota),
        (error.is_not_ready(), ErrorKind::NotReady),
        (
            error.is_retryable() && !error.is_throttled(),
            ErrorKind::Unavailable,
        ),
    ]
    .into_iter()
    .filter_map(|(holds, kind)| holds.then_some(kind))
    .chain(plain(error))
    .collect()
}

/// The kinds that have no predicate of their own; an unknown result of the server is no reason to try again.
fn plain(error: &Error) -> Option<ErrorKind> {
    error.code()?.kind().filter(|kind| {
        matches!(kind, ErrorKind::Argument | ErrorKind::State) || error.advice() == Advice::Verify
    })
}

#[tokio::test]
async fn failures_of_the_server_are_tried_five_times_and_the_last_is_kept() {
    for answer in [
        Answer::error("system.error"),
        Answer::error("ServiceUnavailable"),
        Answer::gateway_page(502),
        Answer::status(504),
    ] {
        let (error, calls) = error_after_retries(answer).await;
        assert_eq!((calls, error.attempts()), (5, 5), "{error:?}");
        assert!(error.is_retryable() && error.status().unwrap() >= 500);
        assert!(error.to_string().contains("after 5 attempts"), "{error}");
    }
}

#[tokio::test]
async fn what_will_not_change_is_asked_once() {
    for code in [
        "Forbidden.AccessDenied.AccessTokenPermissionDenied",
        "Forbidden.AccessDenied.IpNotInWhiteList",
        "Forbidden.AccessDenied.ApiCountLimitForOrg",
        "Forbidden.AccessDenied.SomethingNew",
        "invalidParameter.cursor.invalid",
        "processQueryKey.expireTime",
        "InvalidAction.NotFound",
        "bot.stopped",
    ] {
        let (error, calls) = error_after_retries(Answer::error(code)).await;
        assert_eq!((calls, error.attempts()), (1, 1), "{code}: {error:?}");
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn success_after_failures_is_success() {
    let sandbox = sandbox(3).await;
    sandbox
        .script(Operation::Query)
        .times(4, Answer::error("system.error"));
    assert_eq!(
        demo(&client(&sandbox), &sandbox)
            .send()
            .await
            .unwrap()
            .readers
            .len(),
        3
    );
    assert_eq!(sandbox.count(Operation::Query), 5);
}

#[tokio::test]
async fn every_attempt_sends_the_same_bytes() {
    let sandbox = sandbox(3).await;
    sandbox
        .script(Operation::Query)
        .times(4, Answer::status(503));
    demo(&client(&sandbox), &sandbox).send().await.unwrap();
    let calls = sandbox.calls();
    let headers = |index: usize| {
        let call = &calls[index];
        let mut headers: Vec<_> = call
            .header_names()
            .map(|name| (name.to_owned(), call.header(name).map(str::to_owned)))
            .collect();
        headers.sort();
        headers
    };
    for index in 1..calls.len() {
        assert_eq!(calls[0].body(), calls[index].body());
        assert_eq!(headers(0), headers(index));
    }
}

#[tokio::test]
async fn throttling_of_any_kind_is_waited_out() {
    let sandbox = sandbox(3).await;
    sandbox.script(Operation::Query).then(
        Answer::error("Forbidden.AccessDenied.QpsLimitForSomethingNew").header("retry-after", "0"),
    );
    let answer = demo(&client(&sandbox), &sandbox).send().await;
    assert_eq!(answer.unwrap().readers.len(), 3);
}

#[tokio::test]
async fn a_rule_decides_before_the_catalog() {
    let sandbox = sandbox(3).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::error("bot.stopped"))
        .then(Answer::error("system.error"));
    let policy = quick_retries()
        .rule(|error| (error.code() == Some(&ErrorCode::BotStopped)).then_some(true))
        .rule(|error| (error.advice() == Advice::Backoff).then_some(false));
    let client = builder(&sandbox).retry(policy).build().unwrap();
    let error = demo(&client, &sandbox).send().await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::SystemError));
    assert_eq!(sandbox.count(Operation::Query), 2);
}

#[tokio::test]
async fn a_static_token_that_is_rejected_is_an_error_at_once() {
    let sandbox = sandbox(3).await;
    sandbox
        .script(Operation::Query)
        .always(Answer::error("InvalidAuthentication"));
    let client = builder(&sandbox)
        .retry(RetryPolicy::default())
        .build()
        .unwrap();
    let error = demo(&client, &sandbox).send().await.unwrap_err();
    assert!(error.is_auth() && !error.is_retryable(), "{error:?}");
    assert_eq!(sandbox.count(Operation::Query), 1);
}
