//! A token as a source issued it: how long it lives, and from when on it is renewed.

use std::time::Duration;

use serde_json::value::RawValue;

use super::token_info::TokenOrigin;
use crate::access_token::AccessToken;

/// A token, and how long it lives from now on.
#[derive(Debug, Clone)]
pub(crate) struct Issued {
    pub(crate) token: AccessToken,
    /// What is left of its life.
    pub(crate) left: Duration,
    /// All of its life, which the margin of its renewal is a share of.
    pub(crate) lifetime: Duration,
    pub(crate) origin: TokenOrigin,
}

impl Issued {
    /// A token that was just issued.
    pub(crate) fn new(token: AccessToken, lifetime: Duration) -> Self {
        Self {
            token,
            left: lifetime,
            lifetime,
            origin: TokenOrigin::Issued,
        }
    }
}

/// How long DingTalk's tokens live (KB 0033, 0034, 0037), and what counts where an answer does not say it.
pub(crate) const DOCUMENTED: Duration = Duration::from_secs(7_200);

/// No answer is believed further than this. A token that ends earlier than announced costs one rejected call; one
/// that is never renewed would cost all of them.
pub(crate) const MAX_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// The renewal begins this long before the end (KB 0001), or at eleven twelfths of a shorter life.
const MARGIN: Duration = Duration::from_secs(600);

/// The lifetime that an answer announces: a number of seconds, or such a number as text. What is missing, cannot be
/// read, or is less than a second counts as [`DOCUMENTED`]; what is longer than [`MAX_LIFETIME`] counts as that.
pub(crate) fn announced(seconds: Option<&RawValue>) -> Duration {
    let text = seconds.map(RawValue::get).unwrap_or_default();
    let text = text.trim_matches('"').trim();
    let is_number = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    match text.parse::<f64>() {
        Ok(seconds) if is_number && seconds >= 1.0 => {
            Duration::from_secs_f64(seconds.min(MAX_LIFETIME.as_secs_f64()))
        }
        _ => DOCUMENTED,
    }
}

/// The lifetime that somebody's own provider states, within the same bounds.
pub(crate) fn bounded(lifetime: Duration) -> Duration {
    if lifetime < Duration::from_secs(1) {
        DOCUMENTED
    } else {
        lifetime.min(MAX_LIFETIME)
    }
}

/// How long before its end a token of this lifetime is renewed.
pub(crate) fn margin(lifetime: Duration) -> Duration {
    (lifetime / 12).min(MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Duration {
        announced(Some(&RawValue::from_string(json.to_owned()).unwrap()))
    }

    #[test]
    fn numbers_and_numbers_as_text_are_read() {
        for (json, seconds) in [
            ("7200", 7_200.0),
            (r#""7200""#, 7_200.0),
            (r#"" 60 ""#, 60.0),
            ("1", 1.0),
            ("1.5", 1.5),
            ("6e2", 600.0),
        ] {
            assert_eq!(read(json).as_secs_f64(), seconds, "{json}");
        }
    }

    #[test]
    fn what_says_nothing_counts_as_documented() {
        for json in [
            "0",
            "-1",
            "-1e400",
            "0.5",
            "null",
            "true",
            "[]",
            "{}",
            r#""""#,
            r#""soon""#,
            r#""inf""#,
            r#""NaN""#,
        ] {
            assert_eq!(read(json), DOCUMENTED, "{json}");
        }
        assert_eq!(announced(None), DOCUMENTED);
        assert_eq!(bounded(Duration::ZERO), DOCUMENTED);
    }

    #[test]
    fn what_is_absurd_is_capped() {
        for json in ["1e18", "1e308", "1e999", "99999999999999999999999999"] {
            assert_eq!(read(json), MAX_LIFETIME, "{json}");
        }
        assert_eq!(bounded(Duration::MAX), MAX_LIFETIME);
    }

    #[test]
    fn the_margin_is_ten_minutes_of_two_hours_and_less_of_less() {
        assert_eq!(margin(DOCUMENTED), Duration::from_secs(600));
        assert_eq!(margin(MAX_LIFETIME), Duration::from_secs(600));
        assert_eq!(margin(Duration::from_secs(60)), Duration::from_secs(5));
    }
}
