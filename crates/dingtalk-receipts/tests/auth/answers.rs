//! What the token operation may answer instead of a token, and tokens that nobody can use.

use dingtalk_receipts::{Error, Sent, TokenInfo};
use dingtalk_receipts_sandbox::{Answer, Operation};

use super::{builder, demo_app};
use crate::support::raw::{PAGE, http};
use crate::support::sandbox;

/// What the first caller of a client sees when every token call is answered like this, and how many there were.
async fn ask(answer: Answer) -> (Result<TokenInfo, Error>, u64) {
    let sandbox = sandbox(1).await;
    sandbox.script(Operation::AppToken).always(answer);
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    let result = client.token_info().await;
    assert_eq!(sandbox.count(Operation::Query), 0);
    if let Err(error) = &result {
        let text = error.to_string();
        assert!(
            text.starts_with("no access token for the internal app"),
            "{text}"
        );
        assert!(
            error.resume_cursor().is_none(),
            "there is no run to go on with"
        );
        let secret = sandbox.demo_values().unwrap().app_secret.clone();
        let shown = format!(
            "{error} {error:?} {:?} {:?}",
            error.message(),
            error.body_snippet()
        );
        assert!(
            !shown.contains(&secret) && !shown.contains("s3cret"),
            "{shown}"
        );
    }
    (result, sandbox.token_count())
}

fn raw(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Answer {
    Answer::raw(http(status, headers, body))
}

#[tokio::test]
async fn an_answer_that_will_not_change_is_asked_for_once() {
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let secret = br#"{"code":"invalidClientIdOrSecret","message":""#;
    for (name, answer, said) in [
        (
            "no content",
            Answer::raw("HTTP/1.1 204 No Content\r\n\r\n"),
            "it is not JSON",
        ),
        (
            "not modified",
            Answer::raw("HTTP/1.1 304 Not Modified\r\n\r\n"),
            "a status that is none for this call",
        ),
        (
            "a page of readers",
            raw("200 OK", "", PAGE),
            "no text `accessToken`",
        ),
        (
            "the other operation's spelling",
            raw(
                "200 OK",
                "",
                r#"{"access_token":"s3cret","expires_in":7200}"#,
            ),
            "no text `accessToken`",
        ),
        (
            "a list",
            raw("200 OK", "", r#"[{"accessToken":"s3cret"}]"#),
            "not a JSON object",
        ),
        ("nesting", raw("200 OK", "", deep), "not a JSON object"),
        (
            "a token with a line break",
            raw("200 OK", "", r#"{"accessToken":"s3cret\nx"}"#),
            "cannot be sent, at position 7",
        ),
        (
            "a token with a NUL",
            raw("200 OK", "", r#"{"accessToken":"s3cret\u0000"}"#),
            "cannot be sent, at position 7",
        ),
        (
            "a token in Chinese",
            raw("200 OK", "", r#"{"accessToken":"s3cret令牌"}"#),
            "cannot be sent, at position 7",
        ),
        (
            "a token of nothing",
            raw("200 OK", "", r#"{"accessToken":""}"#),
            "is empty",
        ),
        (
            "a token that is a number",
            raw("200 OK", "", r#"{"accessToken":123}"#),
            "no text `accessToken`",
        ),
        (
            "a token within",
            raw("200 OK", "", r#"{"result":{"accessToken":"s3cret"}}"#),
            "no text `accessToken`",
        ),
        (
            "half a surrogate pair",
            raw("200 OK", "", r#"{"accessToken":"\ud800"}"#),
            "no text `accessToken`",
        ),
        (
            "a failure in a success",
            raw(
                "200 OK",
                "",
                r#"{"success":false,"errorCode":"E1","errorMsg":"no"}"#,
            ),
            "E1 (HTTP 200): no",
        ),
        (
            "the older host's failure",
            raw(
                "200 OK",
                "",
                r#"{"errcode":40089,"errmsg":"invalid corpid"}"#,
            ),
            "40089 (HTTP 200): invalid corpid",
        ),
        (
            "a refusal in another alphabet",
            raw("400 X", "", [&secret[..], b"\xce\xde\xd0\xa7\"}"].concat()),
            "invalidClientIdOrSecret (HTTP 400)",
        ),
        (
            "a refusal behind a byte order mark",
            raw(
                "400 X",
                "",
                "\u{feff}{\"code\":\"invalidClientIdOrSecret\"}",
            ),
            "invalidClientIdOrSecret",
        ),
        (
            "a firewall",
            raw("403 X", "", "<html>no</html>"),
            "not DingTalk's",
        ),
        ("a proxy's demand", raw("407 X", "", ""), "HTTP 407"),
        ("a request too large", raw("413 X", "", ""), "HTTP 413"),
        (
            "packed without a word",
            raw("200 OK", "", b"\x1f\x8b\x08\0\0\0\0\0"),
            "not JSON",
        ),
        (
            "more than a token needs",
            raw(
                "200 OK",
                "",
                format!("{{\"accessToken\":\"{}\"}}", "t".repeat(100_000)),
            ),
            "longer than the 65536 bytes",
        ),
    ] {
        let (result, calls) = ask(answer).await;
        let error = result.expect_err(name);
        assert!(error.to_string().contains(said), "{name}: {error}");
        assert!(
            !error.is_retryable() && !error.is_permission_denied(),
            "{name}: {error:?}"
        );
        assert_eq!(
            (calls, error.attempts(), error.was_sent()),
            (1, 1, Sent::Yes),
            "{name}: {error:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_may_change_is_asked_for_again() {
    for (name, answer) in [
        ("no HTTP", Answer::raw("SSH-2.0-x\r\n")),
        ("two lengths", raw("200 OK", "content-length: 3\r\n", "{}")),
        ("half a head", Answer::raw("HTTP/1.1 200 OK\r\nx")),
        (
            "half a body",
            Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"acc"),
        ),
        ("half a JSON", raw("200 OK", "", r#"{"accessToken":"s3c"#)),
        (
            "packing that lies",
            raw("200 OK", "content-encoding: gzip\r\n", "{}"),
        ),
        (
            "an overloaded gateway",
            raw("503 X", "", "<html>later</html>"),
        ),
        ("a gateway of its own", raw("530 X", "", "")),
        (
            "an error of the system",
            raw("500 X", "", r#"{"code":"system.error","message":"m"}"#),
        ),
    ] {
        let (result, calls) = ask(answer).await;
        let error = result.expect_err(name);
        assert!(error.is_retryable(), "{name}: {error:?}");
        assert!(
            calls > 1 && u64::from(error.attempts()) == calls,
            "{name}: {calls} calls, {error:?}"
        );
    }
}

#[tokio::test]
async fn a_token_in_an_odd_answer_is_a_token() {
    for (name, answer, seconds) in [
        (
            "words for success",
            raw(
                "200 OK",
                "",
                r#"{"code":"0","message":"ok","accessToken":"t0ken","expireIn":60}"#,
            ),
            60,
        ),
        (
            "a byte order mark",
            raw(
                "200 OK",
                "",
                "\u{feff}{\"accessToken\":\"t0ken\",\"expireIn\":60}",
            ),
            60,
        ),
        (
            "another success",
            raw(
                "201 Created",
                "",
                r#"{"accessToken":"t0ken","expireIn":60}"#,
            ),
            60,
        ),
        (
            "a lifetime with a fraction",
            raw("200 OK", "", r#"{"accessToken":"t0ken","expireIn":60.9}"#),
            60,
        ),
        (
            "a lifetime in words",
            raw(
                "200 OK",
                "",
                r#"{"accessToken":"t0ken","expireIn":"7200s"}"#,
            ),
            7_200,
        ),
        (
            "a lifetime of ages",
            raw("200 OK", "", r#"{"accessToken":"t0ken","expireIn":1e300}"#),
            86_400,
        ),
        (
            "a lifetime of less than nothing",
            raw("200 OK", "", r#"{"accessToken":"t0ken","expireIn":-1e300}"#),
            7_200,
        ),
        (
            "a lifetime that is none",
            raw("200 OK", "", r#"{"accessToken":"t0ken","expireIn":[{}]}"#),
            7_200,
        ),
        (
            "the last of two",
            raw(
                "200 OK",
                "",
                r#"{"accessToken":"first","accessToken":"t0ken","expireIn":60}"#,
            ),
            60,
        ),
    ] {
        let (result, calls) = ask(answer).await;
        let info = result.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let left = info.expires_in().map(|left| left.as_secs());
        assert_eq!(calls, 1, "{name}");
        assert!(
            left.is_some_and(|left| (seconds - 10..=seconds).contains(&left)),
            "{name}: {left:?}"
        );
    }
}
