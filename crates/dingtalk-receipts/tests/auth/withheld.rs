//! The response of a token endpoint is not shown, whatever form a fresh token has in it.

use std::error::Error as _;
use std::fmt::Write as _;

use dingtalk_receipts::{Error, RetryPolicy};
use dingtalk_receipts_sandbox::{Answer, Operation};

use super::{builder, demo_app};
use crate::support::raw::http;
use crate::support::sandbox;

const FRESH: &str = "fresh0token0of0the0app";

/// All that a user can see of an error.
fn shown(error: &Error) -> String {
    let mut text = format!(
        "{error} {error:?} {error:#?} {:?} {:?} {:?} {:?} ",
        error.message(),
        error.body_snippet(),
        error.raw_code(),
        error.request_id(),
    );
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    for cause in causes {
        let _ = write!(text, "{cause} {cause:?} ");
    }
    text
}

#[tokio::test]
async fn a_fresh_token_is_not_shown_in_any_form() {
    let wide = |text: &str, order: fn(u16) -> [u8; 2]| {
        text.encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    let json = format!(r#"{{"accessToken":"{FRESH}","expireIn":7200}}"#);
    let text = serde_json::Value::from(json.as_str()).to_string();
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("plain", FRESH.into()),
        ("a JSON string", format!("\"{FRESH}\"").into()),
        ("a list", format!("[\"{FRESH}\",7200]").into()),
        ("JSON as text", text.clone().into()),
        (
            "JSON as text in a field",
            format!(r#"{{"data":{text}}}"#).into(),
        ),
        (
            "JSON as text in a message",
            format!(r#"{{"errcode":1,"errmsg":{text}}}"#).into(),
        ),
        ("within", format!(r#"{{"result":{json}}}"#).into()),
        (
            "within, renamed",
            format!(r#"{{"result":{{"t":"{FRESH}"}}}}"#).into(),
        ),
        (
            "renamed",
            format!(r#"{{"tkn":"{FRESH}","expireIn":7200}}"#).into(),
        ),
        ("renamed to a jwt", format!(r#"{{"jwt":"{FRESH}"}}"#).into()),
        (
            "renamed to a code",
            format!(r#"{{"code":"{FRESH}","expireIn":7200}}"#).into(),
        ),
        ("as a name", format!(r#"{{"{FRESH}":7200}}"#).into()),
        (
            "in other letters",
            format!(r#"{{"ACCESSTOKEN":"{FRESH}"}}"#).into(),
        ),
        (
            "XML",
            format!("<token><value>{FRESH}</value></token>").into(),
        ),
        ("an attribute", format!("<token value=\"{FRESH}\"/>").into()),
        (
            "a form",
            format!("access_token={FRESH}&expires_in=7200").into(),
        ),
        ("a form, renamed", format!("t={FRESH}").into()),
        ("JSONP", format!("callback({json})").into()),
        ("YAML", format!("accessToken:\n  {FRESH}\n").into()),
        ("an event", format!("data: {json}\n\n").into()),
        ("UTF-16, low byte first", wide(&json, u16::to_le_bytes)),
        ("UTF-16, high byte first", wide(&json, u16::to_be_bytes)),
        ("cut off", json.as_bytes()[..json.len() - 15].into()),
        (
            "with a line break",
            format!(r#"{{"accessToken":"{FRESH}\n"}}"#).into(),
        ),
    ];
    for (name, body) in bodies {
        for status in ["200 OK", "203 X", "302 X", "404 X", "502 X"] {
            let sandbox = sandbox(1).await;
            let answer = Answer::raw(http(status, "", &body));
            sandbox.script(Operation::AppToken).always(answer);
            let client = builder(&sandbox, demo_app(&sandbox))
                .token_retry(RetryPolicy::never())
                .build()
                .unwrap();
            let error = client.token_info().await.expect_err(name);
            // As a code of a refusal, it is the server's word for what is wrong, and no token.
            if name == "renamed to a code" && !status.starts_with('2') {
                assert_eq!(error.body_snippet(), None, "{name}, {status}");
                continue;
            }
            let seen = shown(&error).replace(['\0', ' '], "");
            assert!(!seen.contains(FRESH), "{name}, {status}: {seen}");
            assert_eq!(error.body_snippet(), None, "{name}, {status}");
        }
    }
}
