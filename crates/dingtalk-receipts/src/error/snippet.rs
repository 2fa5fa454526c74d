//! What may be shown of an answer: a bounded piece of it, on one line, with no secret in it.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::envelope::without_byte_order_mark;
use super::mask::{mask_json, mask_text};
use super::redactor::Redactor;
use crate::text::one_line;

/// How much of a body an error keeps, in bytes.
const SNIPPET_BYTES: usize = 512;

/// The beginning of `body` as it came, at most [`SNIPPET_BYTES`] long, on one line and without secrets; `None` if the
/// redactor withholds bodies.
pub(crate) fn snippet(body: &[u8], redactor: &Redactor<'_>) -> Option<String> {
    if redactor.withholds_bodies() {
        return None;
    }
    let text = decode(body);
    let masked = if serde_json::from_str::<IgnoredAny>(&text).is_ok() {
        mask_json(&text, redactor)
    } else {
        mask_text(&text)
    };
    Some(one_line(&redactor.clean(&masked), SNIPPET_BYTES))
}

/// `body` as text. UTF-16 is recognized by its byte order mark or by the NUL in its first character: read as UTF-8, it
/// would hide secrets from the redactor and still show them to a reader.
fn decode(body: &[u8]) -> Cow<'_, str> {
    let utf16 = |body: &[u8], read: fn([u8; 2]) -> u16| {
        let (pairs, _) = body.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().copied().map(read).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match body {
        [0xff, 0xfe, text @ ..] => utf16(text, u16::from_le_bytes),
        [0xfe, 0xff, text @ ..] => utf16(text, u16::from_be_bytes),
        [first, 0, ..] if *first != 0 => utf16(body, u16::from_le_bytes),
        [0, first, ..] if *first != 0 => utf16(body, u16::from_be_bytes),
        _ => String::from_utf8_lossy(without_byte_order_mark(body)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::error::redactor::MASK;

    fn shown(body: impl AsRef<[u8]>, redactor: &Redactor<'_>) -> String {
        snippet(body.as_ref(), redactor).unwrap()
    }

    #[test]
    fn secrets_are_masked_by_value_and_by_name() {
        let redactor = Redactor::default().hide("tok-123456");
        let body = json!({
            "message": "bad tok-123456", "appSecret": "s3cret", "nextToken": "n", "a": [{ "access_token": "x" }],
        });
        let shown: Value = serde_json::from_str(&shown(body.to_string(), &redactor)).unwrap();
        assert_eq!(
            shown,
            json!({
                "message": "bad [redacted]", "appSecret": MASK, "nextToken": "n", "a": [{ "access_token": MASK }],
            })
        );
    }

    #[test]
    fn secrets_are_masked_whatever_json_makes_of_them() {
        let redactor = Redactor::default()
            .hide("to\\k\"en")
            .hide("to\\k\"en-and-more");
        let body = r#"{"message":"bad to\\k\"en, bad to\\k\"en-and-more"}"#;
        assert_eq!(
            shown(body, &redactor),
            r#"{"message":"bad [redacted], bad [redacted]"}"#
        );
    }

    #[test]
    fn secrets_are_masked_in_a_body_that_was_cut_off() {
        let shown = shown(
            r#"{"accessToken":"abcdef","x":1,"client_secret": "zzz"#,
            &Redactor::default(),
        );
        assert_eq!(
            shown,
            r#"{"accessToken":"[redacted]","x":1,"client_secret": "[redacted]"#
        );
    }

    #[test]
    fn a_body_is_shown_as_it_came() {
        for body in [
            r#"{ "b":1.10, "a" : 1e5,"a":[ ],"c":"\u4e0d\/" }"#,
            "12345678901234567890123",
            "[0.1e-3, -0]",
            "<html>no</html>",
        ] {
            assert_eq!(shown(body, &Redactor::default()), body);
        }
    }

    #[test]
    fn secrets_are_masked_in_utf_16() {
        let redactor = Redactor::default().hide("tok-123456");
        let body = r#"{"message":"bad tok-123456","accessToken":"fresh"}"#;
        let bytes = |order: fn(u16) -> [u8; 2]| body.encode_utf16().flat_map(order);
        for body in [
            bytes(u16::to_le_bytes).collect::<Vec<_>>(),
            bytes(u16::to_be_bytes).collect(),
            [0xff, 0xfe]
                .into_iter()
                .chain(bytes(u16::to_le_bytes))
                .collect(),
            [0xfe, 0xff]
                .into_iter()
                .chain(bytes(u16::to_be_bytes))
                .collect(),
        ] {
            let masked = r#"{"message":"bad [redacted]","accessToken":"[redacted]"}"#;
            assert_eq!(shown(body, &redactor), masked);
        }
    }

    #[test]
    fn bodies_that_are_withheld_are_not_shown() {
        let redactor = Redactor::default().withhold_bodies();
        assert_eq!(snippet(b"anything", &redactor), None);
    }
}
