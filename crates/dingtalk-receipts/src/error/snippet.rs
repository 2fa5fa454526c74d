//! What may be shown of an answer: a bounded piece of it, on one line, with no secret in it.

use dingtalk_receipts_api::Secret;
use serde_json::Value;

use super::without_byte_order_mark;

/// How much of a body an error keeps, in bytes.
const SNIPPET_BYTES: usize = 512;

const MASK: &str = "[redacted]";

/// Takes known secrets out of texts that come from elsewhere.
#[derive(Default)]
pub(crate) struct Redactor<'a> {
    secrets: Vec<Hidden<'a>>,
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

/// The beginning of `body`, at most [`SNIPPET_BYTES`] long, on one line and without secrets.
pub(crate) fn snippet(body: &[u8], redactor: &Redactor<'_>) -> String {
    let body = without_byte_order_mark(body);
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(mut value) => {
            mask_fields(&mut value, redactor, 0);
            value.to_string()
        }
        Err(_) => mask_text(&String::from_utf8_lossy(body)),
    };
    one_line(&redactor.clean(&text), SNIPPET_BYTES)
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

/// Masks the fields that are named like secrets, and the secrets in all texts, before JSON escapes anything in them.
fn mask_fields(value: &mut Value, redactor: &Redactor<'_>, depth: usize) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if is_secret_name(name) && !field.is_null() {
                    *field = Value::from(MASK);
                } else if depth < 32 {
                    mask_fields(field, redactor, depth + 1);
                }
            }
        }
        Value::Array(items) if depth < 32 => {
            for item in items {
                mask_fields(item, redactor, depth + 1);
            }
        }
        Value::String(text) => *text = redactor.clean(text),
        _ => {}
    }
}

/// Masks what follows a secret's name in a text that is no JSON: a body that was cut off, a form, a log line.
fn mask_text(text: &str) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        masked.push_str(&rest[..start]);
        rest = &rest[start..];
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        masked.push_str(name);
        rest = &rest[name.len()..];
        let separator = &rest[..rest
            .find(|c| !matches!(c, '"' | '\'' | ':' | '=' | ' '))
            .unwrap_or(rest.len())];
        if is_secret_name(name) && separator.contains([':', '=']) {
            let value = &rest[separator.len()..];
            let end = value
                .find(['"', '\'', ',', '&', '}', ' ', '\n', '<'])
                .unwrap_or(value.len());
            masked.push_str(separator);
            masked.push_str(MASK);
            rest = &value[end..];
        }
    }
    masked.push_str(rest);
    masked
}

/// Whether a field of this name holds a secret: the contract's, and the same in other spellings.
fn is_secret_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    plain == "token"
        || [
            "accesstoken",
            "refreshtoken",
            "secret",
            "ticket",
            "password",
            "authorization",
        ]
        .iter()
        .any(|end| plain.ends_with(end))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_masked_by_value_and_by_name() {
        let redactor = Redactor::default().hide("tok-123456");
        let body = json!({
            "message": "bad tok-123456", "appSecret": "s3cret", "nextToken": "n", "a": [{ "access_token": "x" }],
        });
        let shown: Value =
            serde_json::from_str(&snippet(body.to_string().as_bytes(), &redactor)).unwrap();
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
            snippet(body.as_bytes(), &redactor),
            r#"{"message":"bad [redacted], bad [redacted]"}"#
        );
    }

    #[test]
    fn secrets_are_masked_in_a_body_that_was_cut_off() {
        let shown = snippet(
            br#"{"accessToken":"abcdef","x":1,"client_secret": "zzz"#,
            &Redactor::default(),
        );
        assert_eq!(
            shown,
            r#"{"accessToken":"[redacted]","x":1,"client_secret": "[redacted]"#
        );
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
