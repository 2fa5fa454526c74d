//! What may be shown of an answer: a bounded piece of it, on one line, with no secret in it.

use std::borrow::Cow;

use dingtalk_receipts_api::Secret;
use serde::de::IgnoredAny;

use super::mask::{MASK, mask_json, mask_text};
use super::without_byte_order_mark;

/// How much of a body an error keeps, in bytes.
const SNIPPET_BYTES: usize = 512;

/// Takes known secrets out of texts that come from elsewhere.
#[derive(Default)]
pub(crate) struct Redactor<'a> {
    secrets: Vec<Hidden<'a>>,
    bodies_withheld: bool,
}

/// A secret that somebody holds, or one that nobody may hold any more when it is needed.
enum Hidden<'a> {
    Borrowed(&'a str),
    Owned(Secret),
}

impl Hidden<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(secret) => secret.expose(),
        }
    }
}

impl<'a> Redactor<'a> {
    /// Remembers a secret. Very short ones are passed over: masking each `a` of a text helps nobody.
    pub(crate) fn hide(self, secret: &'a str) -> Self {
        self.add(Hidden::Borrowed(secret))
    }

    /// The same with a secret of its own.
    pub(crate) fn hide_owned(self, secret: Secret) -> Self {
        self.add(Hidden::Owned(secret))
    }

    /// Shows no body at all. The response of a token endpoint may hold a fresh token under any name and in any format,
    /// and no mask can know it.
    pub(crate) fn withhold_bodies(mut self) -> Self {
        self.bodies_withheld = true;
        self
    }

    pub(crate) fn withholds_bodies(&self) -> bool {
        self.bodies_withheld
    }

    fn add(mut self, secret: Hidden<'a>) -> Self {
        if secret.text().len() >= 4 {
            self.secrets.push(secret);
        }
        self
    }

    /// `text` without the secrets.
    pub(crate) fn clean(&self, text: &str) -> String {
        // The longest first: a secret may be the beginning of another.
        let mut secrets: Vec<&str> = self.secrets.iter().map(Hidden::text).collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret, MASK))
    }
}

/// The beginning of `body` as it came, at most [`SNIPPET_BYTES`] long, on one line and without secrets; `None` if the
/// redactor withholds bodies.
pub(crate) fn snippet(body: &[u8], redactor: &Redactor<'_>) -> Option<String> {
    if redactor.bodies_withheld {
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

/// Characters that turn the direction of a text, and could make a terminal show another one.
const TURNS: &[char] = &[
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// `text` on one line, without control characters, cut to at most `limit` bytes on a character's boundary.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::with_capacity(text.len().min(limit));
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() || TURNS.contains(&character) {
            space = !line.is_empty();
            continue;
        }
        if line.len() + usize::from(space) + character.len_utf8() > limit {
            line.push('…');
            return line;
        }
        if std::mem::take(&mut space) {
            line.push(' ');
        }
        line.push(character);
    }
    line
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

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

    #[test]
    fn a_text_is_cut_on_a_characters_boundary() {
        let text = "不合法的access_token 😀".repeat(100);
        for limit in 0..64 {
            let cut = one_line(&text, limit);
            assert!(cut.trim_end_matches('…').len() <= limit);
        }
    }

    #[test]
    fn control_characters_do_not_reach_a_terminal() {
        assert_eq!(one_line("a\r\n\tb\u{1b}[31mc", 64), "a b [31mc");
        assert_eq!(one_line("abc\u{202e}fed", 64), "abc fed");
    }
}
