//! What a plain (unquoted) YAML scalar means: YAML 1.2's core schema.
//!
//! `no` is a string, `0o17` is fifteen, `2024-01-01` is a string. Whole numbers keep their digits
//! through the whole range of `i64` and `u64`, since bounds in OpenAPI documents use both.

use serde_json::{Number, Value};

/// The JSON value of a plain scalar, or why JSON has none for it.
pub(crate) fn resolve(text: &str) -> Result<Value, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Ok(Value::Null),
        "true" | "True" | "TRUE" => Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => Ok(Value::Bool(false)),
        _ => match number(text) {
            Some(Some(number)) => Ok(Value::Number(number)),
            Some(None) => Err(format!("the number {text} cannot be written in JSON")),
            None => Ok(Value::String(text.to_owned())),
        },
    }
}

/// The value of a scalar with an explicit tag of YAML's core schema, such as `!!str`.
pub(crate) fn tagged(tag: &str, text: &str) -> Result<Value, String> {
    // JSON has neither times nor bytes: they are the text that they are written with.
    if matches!(tag, "str" | "timestamp" | "binary") {
        return Ok(Value::String(text.to_owned()));
    }
    let value = resolve(text)?;
    match (tag, value) {
        ("null", Value::Null) => Ok(Value::Null),
        ("bool", Value::Bool(bool)) => Ok(Value::Bool(bool)),
        ("int", Value::Number(number)) if !number.is_f64() => Ok(Value::Number(number)),
        ("float", Value::Number(number)) => Ok(Value::Number(number)),
        _ => Err(format!("`{text}` is not a value of the tag !!{tag}")),
    }
}

/// What to say about a tag that is not of YAML's core schema.
pub(crate) fn unknown_tag(tag: &str) -> String {
    format!("the tag `{tag}` is not known here")
}

/// `None`: not a number. `Some(None)`: a number that JSON lacks (infinite, or not a number).
fn number(text: &str) -> Option<Option<Number>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(None);
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let all = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
            return all.then(|| u64::from_str_radix(digits, radix).ok().map(Number::from));
        }
    }
    if !is_decimal(unsigned) {
        return None;
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Some(whole.into()));
    }
    if let Ok(whole) = text.parse::<u64>() {
        return Some(Some(whole.into()));
    }
    Some(text.parse::<f64>().ok().and_then(Number::from_f64))
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn follows_the_core_schema() {
        for (text, value) in [
            ("~", json!(null)),
            ("True", json!(true)),
            ("0o17", json!(15)),
            ("0xff", json!(255)),
            ("+12", json!(12)),
            (
                "18446744073709551615",
                json!(18_446_744_073_709_551_615_u64),
            ),
            ("-9223372036854775808", json!(i64::MIN)),
            (".5", json!(0.5)),
            ("1.", json!(1.0)),
            ("6.02e23", json!(6.02e23)),
            ("no", json!("no")),
            ("2024-01-01", json!("2024-01-01")),
            ("1_000", json!("1_000")),
            ("0x", json!("0x")),
            ("1e", json!("1e")),
            (".", json!(".")),
            ("++1", json!("++1")),
            ("infinity", json!("infinity")),
        ] {
            assert_eq!(resolve(text), Ok(value), "{text}");
        }
        for text in [".inf", "-.INF", ".nan", "1e999"] {
            assert!(resolve(text).is_err(), "{text}");
        }
    }

    #[test]
    fn tags_decide() {
        assert_eq!(tagged("str", "5"), Ok(json!("5")));
        assert!(tagged("int", "5.5").is_err());
        assert_eq!(tagged("timestamp", "2024-01-01"), Ok(json!("2024-01-01")));
        assert!(tagged("omap", "x").is_err());
    }
}
