//! Answers in somebody else's envelope, and pages of an odd shape.

use dingtalk_receipts::{Error, ErrorCode, Page};
use dingtalk_receipts_sandbox::{Answer, Operation};
use serde_json::json;

use crate::support::raw::PAGE;
use crate::support::{builder, demo, error_of, sandbox};

const JSON: &str = "application/json";

fn ok(body: impl Into<String>) -> Answer {
    Answer::bytes(200, JSON, body.into())
}

async fn page_of(answer: Answer) -> Result<Page, Error> {
    let sandbox = sandbox(1).await;
    sandbox.script(Operation::Query).always(answer);
    let client = builder(&sandbox).build().unwrap();
    demo(&client, &sandbox).send().await
}

#[tokio::test]
async fn words_for_success_make_no_error_of_a_page() {
    for code in [
        json!("0"),
        json!(0),
        json!("OK"),
        json!("ok"),
        json!(200),
        json!("200"),
        json!("Success"),
        json!(null),
    ] {
        for status in [Some("SUCCESS"), None] {
            let body = json!({
                "code": code, "message": "ok", "success": true, "requestid": "r",
                "sendStatus": status, "readUserIds": ["a"], "hasMore": false,
            });
            let page = page_of(Answer::json(200, &body)).await;
            assert_eq!(page.unwrap().readers.len(), 1, "{body}");
        }
    }
    // Who is sure to be a page may bring a word that nobody knows yet.
    let body =
        json!({ "code": "done", "sendStatus": "SUCCESS", "readUserIds": [], "hasMore": false });
    page_of(Answer::json(200, &body)).await.unwrap();
}

#[tokio::test]
async fn a_failure_that_came_as_a_success_is_no_empty_page() {
    for (body, code, said) in [
        (r#"{"success":false}"#, None, "did not succeed"),
        (
            r#"{"success":false,"hasMore":false}"#,
            None,
            "did not succeed",
        ),
        (
            r#"{"success":false,"sendStatus":"SUCCESS","readUserIds":[],"hasMore":false}"#,
            None,
            "did not succeed",
        ),
        (
            r#"{"success":false,"errorCode":"E1","errorMsg":"boom"}"#,
            Some("E1"),
            "boom",
        ),
        (
            r#"{"code":"system.error","message":"boom"}"#,
            Some("system.error"),
            "boom",
        ),
        (
            r#"{"Code":"system.error","sendStatus":"SUCCESS","readUserIds":[]}"#,
            Some("system.error"),
            "refused",
        ),
        (
            r#"{"code":"system.error","sendStatus":"PROCESSING"}"#,
            Some("system.error"),
            "refused",
        ),
        (
            r#"{"code":"made.up","readUserIds":[],"hasMore":false}"#,
            Some("made.up"),
            "refused",
        ),
        (
            r#"{"errcode":88,"sub_code":"90018","sub_msg":"slow down"}"#,
            Some("88"),
            "slow down",
        ),
        (
            r#"{"error":{"code":"x","message":"m"}}"#,
            None,
            "none of a page's fields",
        ),
        (
            r#"{"success":true,"result":{"sendStatus":"SUCCESS","readUserIds":["a"]}}"#,
            None,
            "none of a page's fields",
        ),
        (r#"{"data":null}"#, None, "none of a page's fields"),
        (
            r#"{"SendStatus":"SUCCESS","ReadUserIds":["a"]}"#,
            None,
            "none of a page's fields",
        ),
        (r#"{"status":1111,"sendStatus":"SUCCESS"}"#, None, "banned"),
    ] {
        let error = error_of(ok(body)).await;
        assert_eq!(
            (error.status(), error.raw_code()),
            (Some(200), code),
            "{body}: {error:?}"
        );
        assert!(error.to_string().contains(said), "{body}: {error}");
        assert!(
            error.body_snippet().is_some() && error.resume_cursor().is_some(),
            "{body}"
        );
    }
    let throttled = error_of(ok(r#"{"code":"Forbidden.AccessDenied.QpsLimitForApi"}"#)).await;
    assert!(
        throttled.is_throttled() && throttled.is_retryable(),
        "{throttled:?}"
    );
    let rejected = error_of(ok(r#"{"code":"InvalidAuthentication"}"#)).await;
    assert!(
        rejected.is_auth() && !rejected.is_retryable(),
        "{rejected:?}"
    );
}

#[tokio::test]
async fn what_is_no_json_object_is_said_to_be_none() {
    for (body, said) in [
        ("[]".to_owned(), "it is not a JSON object"),
        // The fields of a page in the order of the contract, as some encodings have them.
        (
            r#"[false,null,["a"],null,"SUCCESS"]"#.to_owned(),
            "it is not a JSON object",
        ),
        (
            r#"["SUCCESS",["a"],null,null,false]"#.to_owned(),
            "it is not a JSON object",
        ),
        ("[".repeat(100_000), "it is not a JSON object"),
        ("null".to_owned(), "it is not a JSON object"),
        ("\"SUCCESS\"".to_owned(), "it is not a JSON object"),
        (
            format!("{PAGE}garbage"),
            "it is not JSON (trailing characters",
        ),
        (
            format!("{PAGE}{PAGE}"),
            "it is not JSON (trailing characters",
        ),
        (format!(")]}}',\n{PAGE}"), "it is not JSON (expected value"),
        (
            format!("callback({PAGE})"),
            "it is not JSON (expected value",
        ),
        (
            format!("<?xml version=\"1.0\"?><page>{PAGE}</page>"),
            "it is not JSON (expected value",
        ),
        (
            PAGE.replace('"', "'"),
            "it is not JSON (key must be a string",
        ),
        (
            PAGE.replace("false}", "false,}"),
            "it is not JSON (trailing comma",
        ),
        (
            PAGE.replace("false", "False"),
            "it is not JSON (expected value",
        ),
        (
            PAGE.replacen('{', "{\"readUserIds\":[],", 1),
            "duplicate field `readUserIds`",
        ),
    ] {
        let error = error_of(ok(body.clone())).await;
        assert!(error.is_protocol() && !error.is_retryable(), "{error:?}");
        assert!(error.to_string().contains(said), "{said}: {error}");
    }
}

#[tokio::test]
async fn a_field_of_another_type_is_named_and_not_shown() {
    for (field, body) in [
        (
            "sendStatus",
            r#"{"sendStatus":1,"readUserIds":["a"]}"#.to_owned(),
        ),
        (
            "sendStatus",
            format!("{{\"sendStatus\":{}", "[".repeat(100_000)),
        ),
        (
            "readUserIds[0]",
            r#"{"sendStatus":"SUCCESS","readUserIds":[12345678901234567890]}"#.to_owned(),
        ),
        (
            "readUserIds[1]",
            r#"{"sendStatus":"SUCCESS","readUserIds":["a",null]}"#.to_owned(),
        ),
        (
            "readUserIds",
            r#"{"sendStatus":"SUCCESS","readUserIds":{}}"#.to_owned(),
        ),
        (
            "readUserIds",
            r#"{"sendStatus":"SUCCESS","readUserIds":""}"#.to_owned(),
        ),
        (
            "readUsers[0]",
            r#"{"sendStatus":"SUCCESS","readUsers":["a"]}"#.to_owned(),
        ),
        (
            "readUsers[0]",
            r#"{"sendStatus":"SUCCESS","readUsers":[null]}"#.to_owned(),
        ),
        (
            "hasMore",
            r#"{"sendStatus":"SUCCESS","hasMore":"false"}"#.to_owned(),
        ),
        (
            "hasMore",
            r#"{"sendStatus":"SUCCESS","hasMore":1e999}"#.to_owned(),
        ),
        (
            "nextToken",
            r#"{"sendStatus":"SUCCESS","hasMore":true,"nextToken":50}"#.to_owned(),
        ),
        (
            "nextToken",
            r#"{"sendStatus":"SUCCESS","hasMore":false,"nextToken":{"a":[]}}"#.to_owned(),
        ),
    ] {
        let error = error_of(ok(body)).await;
        assert!(error.is_protocol(), "{field}: {error:?}");
        let text = error.to_string();
        let named = text.contains(&format!("`{field}` has the wrong type"));
        assert!(named || text.contains("it is not JSON"), "{field}: {error}");
    }
}

#[tokio::test]
async fn a_page_may_be_odd_and_is_one() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let long = "c".repeat(1 << 20);
    let many: Vec<String> = (0..10_000).map(|number| format!("u{number}")).collect();
    for (name, body, readers) in [
        ("nobody by any id", r#"{"sendStatus":"SUCCESS","readUsers":[{"userId":"","unionId":""},{"userId":null},{}],"readUserIds":[""]}"#.to_owned(), 0),
        ("a thousand unknown fields", format!("{{{}\"readUserIds\":[\"a\"]}}", "\"x\":{},".repeat(1_000)), 1),
        ("deep where nobody looks", format!("{{\"x\":{deep},\"readUserIds\":[\"a\"]}}"), 1),
        ("deep where nobody looks, and nobody there", format!("{{\"x\":{deep},\"readUserIds\":[]}}"), 0),
        ("an id of 1 MB", format!("{{\"readUserIds\":[\"{long}\"]}}"), 1),
        ("a cursor of 1 MB", format!("{{\"readUserIds\":[\"a\"],\"hasMore\":true,\"nextToken\":\"{long}\"}}"), 1),
        ("more than was asked for", json!({ "readUserIds": many }).to_string(), 10_000),
        ("an escaped NUL", r#"{"readUserIds":["a\u0000b"]}"#.to_owned(), 1),
    ] {
        let page = page_of(ok(body)).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(page.readers.len(), readers, "{name}");
    }
}

#[tokio::test]
async fn an_error_is_read_whatever_is_around_its_code() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let long = "m".repeat(1 << 20);
    for (name, body) in [
        (
            "deep nesting",
            format!("{{\"x\":{deep},\"code\":\"bot.stopped\"}}"),
        ),
        (
            "both spellings at once",
            r#"{"code":"InvalidAuthentication","Code":"bot.stopped"}"#.to_owned(),
        ),
        (
            "a message that is no text",
            r#"{"code":"bot.stopped","message":{"zh":"x"},"requestid":7}"#.to_owned(),
        ),
        (
            "a message of 1 MB",
            format!("{{\"code\":\"bot.stopped\",\"message\":\"{long}\"}}"),
        ),
        (
            "details that are none",
            r#"{"code":"bot.stopped","accessdenieddetail":[{"requiredScopes":1}]}"#.to_owned(),
        ),
        (
            "in Java's words",
            r#"{"success":false,"errorCode":"bot.stopped","errorMessage":"m"}"#.to_owned(),
        ),
    ] {
        let error = error_of(Answer::bytes(400, JSON, body)).await;
        assert_eq!(
            error.code(),
            Some(&ErrorCode::BotStopped),
            "{name}: {error:?}"
        );
        assert!(error.to_string().len() < 2_048, "{name}");
    }
    for (body, message) in [
        (r#"{"code":null,"message":"m"}"#, Some("m")),
        (r#"{"code":true,"message":"m"}"#, Some("m")),
        (r#"{"code":"","message":""}"#, None),
        ("bad request", None),
        ("<Error><Code>InvalidAuthentication</Code></Error>", None),
        (r#"[{"code":"bot.stopped"}]"#, None),
    ] {
        let error = error_of(Answer::bytes(400, JSON, body)).await;
        assert_eq!(
            (error.code(), error.message()),
            (None, message),
            "{body}: {error:?}"
        );
        assert!(
            !error.is_auth() && !error.is_retryable(),
            "{body}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_servers_words_cannot_play_with_a_terminal() {
    let words = "a\u{1b}[31m\r\nb\u{202e}c\u{2066}d\u{7}";
    let body = json!({ "code": words, "message": words, "requestid": words });
    let error = error_of(Answer::json(400, &body)).await;
    let shown = format!("{error} {:?} {:?}", error.raw_code(), error.body_snippet());
    assert!(
        !shown.contains(['\u{1b}', '\r', '\n', '\u{202e}', '\u{2066}', '\u{7}']),
        "{shown}"
    );
}
