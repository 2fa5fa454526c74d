//! How the values of options are read.

use std::time::Duration;

use dingtalk_receipts::Quota;

/// A duration such as `500ms`, `30s` or `2h 30m`, longer than nothing.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let duration = humantime::parse_duration(text.trim())
        .map_err(|error| format!("{error}; write it like 500ms, 30s or 5m"))?;
    if duration.is_zero() {
        return Err("it must be longer than nothing".to_owned());
    }
    Ok(duration)
}

/// A number of calls in a second, or `off`.
pub(crate) fn quota(text: &str) -> Result<Quota, String> {
    if text.eq_ignore_ascii_case("off") {
        return Ok(Quota::unlimited());
    }
    match text.parse::<f64>() {
        Ok(calls) if calls.is_finite() && calls > 0.0 => Ok(Quota::per_second(calls)),
        _ => Err("it must be a number above 0, such as 20 or 0.5, or `off`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(duration(" 1m 500ms "), Ok(Duration::from_millis(60_500)));
        for wrong in ["", "30", "0s", "-1s", "s", "99999999999999999999s", "五秒"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn quotas_are_positive_or_off() {
        assert_eq!(quota("0.5").unwrap().rate(), Some(0.5));
        assert_eq!(quota("OFF").unwrap().rate(), None);
        for wrong in ["", "0", "-3", "NaN", "inf", "many"] {
            assert!(quota(wrong).is_err(), "{wrong}");
        }
    }
}
