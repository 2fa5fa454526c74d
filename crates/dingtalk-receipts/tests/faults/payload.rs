//! Answers that arrive whole and are not pages.

use dingtalk_receipts::{ErrorCode, SendStatus};
use dingtalk_receipts_sandbox::{Answer, Operation};
use serde_json::json;

use crate::support::{client, demo, error_of, sandbox};

const JSON: &str = "application/json;charset=utf-8";

#[tokio::test]
async fn what_is_no_page_is_never_an_empty_page() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "0",
        "\"\"",
        "<html><body>banned</body></html>",
        "NaN",
        "{\"sendStatus\":",
        "{\"code\":\"x\"}",
        "{\"errcode\":40014,\"errmsg\":\"bad\"}",
        "{\"foo\":1}",
        "{\"status\":1111,\"wait\":5,\"source\":\"x5\",\"punish\":\"deny\",\"uuid\":\"xxx\"}",
        "{\"readUserIds\":[],\"code\":\"system.error\"}",
        "{\"hasMore\":\"yes\"}",
        "{\"hasMore\":1}",
        "{\"sendStatus\":\"SUCCESS\",\"readUserIds\":\"manager1234\"}",
        "{\"sendStatus\":\"SUCCESS\",\"readUserIds\":[1]}",
        "{\"sendStatus\":\"SUCCESS\",\"hasMore\":true,\"hasMore\":false}",
    ] {
        let error = error_of(Answer::bytes(200, JSON, body)).await;
        assert_eq!(error.status(), Some(200), "{body}: {error:?}");
        assert!(error.body_snippet().is_some(), "{body}: {error:?}");
        assert!(error.resume_cursor().is_some(), "{body}");
    }
}

#[tokio::test]
async fn statuses_without_a_body_are_errors() {
    for status in [
        204, 205, 304, 400, 401, 403, 404, 418, 429, 500, 501, 502, 503, 504, 520,
    ] {
        let error = error_of(Answer::status(status)).await;
        assert_eq!(error.status(), Some(status), "{error:?}");
        assert_eq!(
            error.is_retryable(),
            matches!(status, 429 | 500..),
            "{status}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_gateways_page_keeps_its_status_and_a_snippet() {
    for status in [403, 502, 503] {
        let error = error_of(Answer::gateway_page(status)).await;
        assert_eq!(error.status(), Some(status));
        assert!(error.body_snippet().unwrap().contains("<html"), "{error:?}");
        assert!(error.is_protocol() && !error.is_permission_denied());
        assert_eq!(error.is_retryable(), status > 500);
        assert!(!error.to_string().contains('\n'));
    }
}

#[tokio::test]
async fn the_page_of_a_banned_address_says_to_wait_and_is_not_retried() {
    for status in [200, 403, 503] {
        let error = error_of(Answer::address_ban(status)).await;
        assert!(error.is_protocol() && !error.is_retryable(), "{error:?}");
        assert!(error.to_string().contains("banned"), "{error}");
        assert_eq!(error.retry_after().unwrap().as_secs(), 300);
        assert!(
            error_of(Answer::address_ban_page(status))
                .await
                .is_protocol()
        );
    }
}

#[tokio::test]
async fn both_spellings_of_the_envelope_are_read() {
    let lower = json!({
        "code": "Forbidden.AccessDenied.AccessTokenPermissionDenied", "requestid": "R-1", "message": "没有权限",
        "accessdenieddetail": { "requiredScopes": ["qyapi_robot_sendmsg"] },
    });
    let upper = json!({
        "Code": "Forbidden.AccessDenied.AccessTokenPermissionDenied", "RequestId": "R-1", "Message": "没有权限",
        "AccessDeniedDetail": { "requiredScopes": ["qyapi_robot_sendmsg"] },
    });
    for body in [lower, upper] {
        let error = error_of(Answer::json(403, &body)).await;
        assert!(
            error.is_permission_denied()
                && !error.is_auth()
                && !error.is_throttled()
                && !error.is_retryable()
        );
        assert_eq!(
            error.code(),
            Some(&ErrorCode::ForbiddenAccessDeniedAccessTokenPermissionDenied)
        );
        assert_eq!(error.request_id(), Some("R-1"));
        assert_eq!(error.message(), Some("没有权限"));
        assert_eq!(error.required_scopes(), ["qyapi_robot_sendmsg"]);
    }
}

#[tokio::test]
async fn the_request_id_is_taken_from_body_or_header() {
    let code = "bot.stopped";
    for name in ["requestid", "requestId", "RequestId"] {
        let error = error_of(Answer::json(400, &json!({ "code": code, name: "R-2" }))).await;
        assert_eq!(error.request_id(), Some("R-2"), "{name}");
    }
    let header = Answer::json(400, &json!({ "code": code })).header("x-acs-request-id", "R-3");
    assert_eq!(error_of(header).await.request_id(), Some("R-3"));
}

#[tokio::test]
async fn codes_are_compared_without_case_and_kept_as_they_came() {
    let error = error_of(Answer::error_with(400, "BOT.Stopped", "x")).await;
    assert_eq!(error.code(), Some(&ErrorCode::BotStopped));
    assert_eq!(error.raw_code(), Some("BOT.Stopped"));
    let error = error_of(Answer::error_with(400, "something.new", "错误 %s")).await;
    assert_eq!(error.raw_code(), Some("something.new"));
    assert!(
        error
            .to_string()
            .contains("something.new (HTTP 400): 错误 %s"),
        "{error}"
    );
}

#[tokio::test]
async fn a_message_that_holds_the_token_is_redacted() {
    let sandbox = sandbox(1).await;
    let token = sandbox.static_token().to_owned();
    let told = Answer::error_with(400, "auth.error", format!("no rights for {token}"));
    sandbox.script(Operation::Query).always(told);
    let error = demo(&client(&sandbox), &sandbox).send().await.unwrap_err();
    let shown = format!(
        "{error} {error:?} {:?} {:?}",
        error.message(),
        error.body_snippet()
    );
    assert!(
        !shown.contains(&token) && shown.contains("[redacted]"),
        "{shown}"
    );
}

#[tokio::test]
async fn null_and_missing_fields_are_absent() {
    let sandbox = sandbox(1).await;
    for (body, readers) in [
        (
            json!({ "sendStatus": null, "readUserIds": null, "readUsers": null, "nextToken": null, "hasMore": null }),
            0,
        ),
        (json!({ "sendStatus": "SUCCESS" }), 0),
        (json!({ "hasMore": false }), 0),
        (json!({ "readUserIds": ["a"], "extra": { "deep": [1] } }), 1),
        (
            json!({ "sendStatus": "SUCCESS", "readUsers": [{ "unionId": "u" }, { "userId": null, "unionId": "v" }] }),
            2,
        ),
    ] {
        sandbox
            .script(Operation::Query)
            .then(Answer::json(200, &body));
        let receipts = demo(&client(&sandbox), &sandbox).collect().await.unwrap();
        assert_eq!(receipts.readers.len(), readers, "{body}");
        assert!(receipts.complete);
    }
}

#[tokio::test]
async fn an_unknown_status_of_a_message_is_kept() {
    let sandbox = sandbox(1).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine().set("sendStatus", json!("SUCESS")));
    let page = demo(&client(&sandbox), &sandbox).send().await.unwrap();
    assert_eq!(
        page.send_status,
        Some(SendStatus::Unknown("SUCESS".to_owned()))
    );
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped() {
    let sandbox = sandbox(1).await;
    let body = "\u{feff}{\"sendStatus\":\"SUCCESS\",\"readUserIds\":[\"a\"],\"hasMore\":false}";
    sandbox
        .script(Operation::Query)
        .then(Answer::bytes(200, JSON, body));
    assert_eq!(
        demo(&client(&sandbox), &sandbox)
            .send()
            .await
            .unwrap()
            .readers
            .len(),
        1
    );
}

#[tokio::test]
async fn strange_bytes_and_deep_nesting_do_no_harm() {
    let huge = "{\"sendStatus\":\"SUCCESS\",\"hasMore\":1e999999}".to_owned();
    for body in [
        huge.into_bytes(),
        b"\xc4\xe3\xba\xc3".to_vec(),
        vec![0xff; 4096],
    ] {
        let error = error_of(Answer::bytes(200, "application/json;charset=gbk", body)).await;
        assert!(error.is_protocol(), "{error:?}");
        assert!(error.body_snippet().unwrap().len() <= 520);
    }
}

#[tokio::test]
async fn where_an_answer_does_not_fit_is_said_without_its_value() {
    let body = json!({ "sendStatus": "SUCCESS", "readUsers": [{ "userId": "a" }, { "userId": 12345678 }] });
    let error = error_of(Answer::json(200, &body)).await;
    assert!(error.is_protocol());
    assert!(
        error
            .to_string()
            .contains("`readUsers[1].userId` has the wrong type"),
        "{error}"
    );
    assert!(!error.to_string().contains("12345678"));
}

#[tokio::test]
async fn a_field_that_nobody_knows_may_hold_anything() {
    let sandbox = sandbox(1).await;
    let deep = format!(
        "{{\"sendStatus\":\"SUCCESS\",\"readUserIds\":[\"a\"],\"x\":{}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    sandbox
        .script(Operation::Query)
        .then(Answer::bytes(200, JSON, deep));
    assert_eq!(
        demo(&client(&sandbox), &sandbox)
            .send()
            .await
            .unwrap()
            .readers
            .len(),
        1
    );
}
