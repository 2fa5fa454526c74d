//! Masks for secrets in bodies: fields that are named like secrets, in JSON and in other texts.

use super::Redactor;

pub(super) const MASK: &str = "[redacted]";

/// Masks a JSON text in place: the values of fields that are named like secrets, and the secrets in strings, whatever
/// JSON escapes in them. Everything else stays byte for byte, since a copy that was parsed and written again hides
/// repeated fields, the form of numbers and the order.
pub(super) fn mask_json(json: &str, redactor: &Redactor<'_>) -> String {
    let mut masked = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(start) = rest.find('"') {
        masked.push_str(&rest[..start]);
        let (literal, after) = rest[start..].split_at(string_end(&rest[start..]));
        rest = after;
        let Ok(text) = serde_json::from_str::<String>(literal) else {
            // Half a surrogate pair: no text of Rust's, so it is not compared with secrets.
            masked.push_str(&mask_text(literal));
            continue;
        };
        let clean = redactor.clean(&mask_text(&text));
        if clean == text {
            masked.push_str(literal);
        } else {
            masked.push_str(&serde_json::Value::from(clean).to_string());
        }
        let value = after.trim_start();
        if let Some(value) = value.strip_prefix(':')
            && is_secret_name(&text)
        {
            let value = value.trim_start();
            let (secret, after_value) = value.split_at(value_end(value));
            masked.push_str(&after[..after.len() - value.len()]);
            if secret == "null" {
                masked.push_str(secret);
            } else {
                masked.push('"');
                masked.push_str(MASK);
                masked.push('"');
            }
            rest = after_value;
        }
    }
    masked.push_str(rest);
    masked
}

/// The length of the string literal at the start of `json`.
fn string_end(json: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in json.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    json.len()
}

/// The length of the value at the start of `json`, which may be nested to any depth.
fn value_end(json: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = json.as_bytes().get(at) {
        match byte {
            b'"' => at += string_end(&json[at..]),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
                continue;
            }
            b'}' | b']' if depth > 0 => {
                depth -= 1;
                at += 1;
            }
            b'}' | b']' | b',' if depth == 0 => return at,
            byte if byte.is_ascii_whitespace() && depth == 0 => return at,
            _ => {
                at += 1;
                continue;
            }
        }
        if depth == 0 {
            return at;
        }
    }
    json.len()
}

/// Masks what follows a secret's name in a text that is no JSON: a body that was cut off, a form, a log line.
pub(crate) fn mask_text(text: &str) -> String {
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
            .find(|c| !matches!(c, '"' | '\'' | '\\' | ':' | '=' | ' '))
            .unwrap_or(rest.len())];
        if is_secret_name(name) && separator.contains([':', '=']) {
            let value = &rest[separator.len()..];
            // Only in JSON as text does a backslash end a value; in other texts it may be a part of the secret.
            let escaped = separator.contains('\\');
            let end = value
                .find(|c| {
                    matches!(c, '"' | '\'' | ',' | '&' | '}' | ' ' | '\n' | '<')
                        || (escaped && c == '\\')
                })
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
    use super::*;

    fn masked(json: &str) -> String {
        mask_json(json, &Redactor::default().hide("k\"ey1"))
    }

    #[test]
    fn values_of_any_form_are_masked_by_their_name() {
        for value in [
            r#""x""#,
            r#""a\"}]""#,
            "7",
            "-1.5e3",
            "true",
            "{}",
            "[]",
            r#"{"a":["]}",{}],"b":2}"#,
        ] {
            for (before, after) in [
                (r#"{"accessToken":"#, "}"),
                (r#"{"secret" : "#, r#" ,"x":1}"#),
            ] {
                assert_eq!(
                    masked(&format!("{before}{value}{after}")),
                    format!("{before}\"{MASK}\"{after}")
                );
            }
        }
        assert_eq!(masked(r#"{"token":null}"#), r#"{"token":null}"#);
    }

    #[test]
    fn all_fields_of_one_name_are_masked() {
        assert_eq!(
            masked(r#"{"token":1,"token":2,"a":{"token":[3]}}"#),
            r#"{"token":"[redacted]","token":"[redacted]","a":{"token":"[redacted]"}}"#
        );
    }

    #[test]
    fn secrets_are_masked_in_values_in_names_and_in_json_as_text() {
        assert_eq!(
            masked(r#"{"k\"ey1":["\u006b\"ey1"],"data":"{\"accessToken\":\"fresh\"}"}"#),
            r#"{"[redacted]":["[redacted]"],"data":"{\"accessToken\":\"[redacted]\"}"}"#
        );
    }

    #[test]
    fn a_text_that_is_no_json_is_masked_without_a_panic() {
        for text in [
            r#"{"token""#,
            r#"{"token":"#,
            r#""\"#,
            r#"{"token":[{"#,
            "\"",
        ] {
            masked(text);
        }
    }
}
