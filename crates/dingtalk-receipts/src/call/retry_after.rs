//! The server's hint of when to come back.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// What the `Retry-After` headers ask for: seconds, or a date (in the past: no wait). Of several headers, the longest;
/// what cannot be read is passed over.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    headers
        .get_all(RETRY_AFTER)
        .iter()
        .filter_map(|value| read(value.to_str().ok()?, now))
        .max()
}

/// Reads one header. Beside the standard's forms it may be a fraction (`2.5`), have a unit (`3s`), or be a list
/// (`1, 3`), of which the smallest counts that asks for a wait.
fn read(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    // A date has a comma of its own.
    if let Ok(date) = httpdate::parse_http_date(text) {
        return Some(date.duration_since(now).unwrap_or_default());
    }
    let delays: Option<Vec<Duration>> = text.split(',').map(|item| delay(item.trim())).collect();
    let delays = delays?;
    let waits = delays.iter().copied().filter(|delay| !delay.is_zero());
    waits.min().or_else(|| delays.first().copied())
}

/// A number with or without a fraction and a unit; seconds without one. What is too large counts as the maximum.
fn delay(text: &str) -> Option<Duration> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let seconds_per_unit = match unit.trim_start().to_ascii_lowercase().as_str() {
        "" | "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "ms" => 0.001,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        _ => return None,
    };
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let max = Duration::from_secs(u64::MAX);
    if number.bytes().all(|byte| byte.is_ascii_digit()) && seconds_per_unit == 1.0 {
        // Not by way of a fraction, which would round large numbers.
        return Some(number.parse().map_or(max, Duration::from_secs));
    }
    let seconds = number.parse::<f64>().ok()? * seconds_per_unit;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_the_rest_is_passed_over() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let later = httpdate::fmt_http_date(now + Duration::from_secs(90));
        let earlier = httpdate::fmt_http_date(now - Duration::from_secs(90));
        for (text, seconds) in [
            ("0", Some(0)),
            ("5", Some(5)),
            (" 7 ", Some(7)),
            ("1000000000000", Some(1_000_000_000_000)),
            ("99999999999999999999999", Some(u64::MAX)),
            (later.as_str(), Some(90)),
            (earlier.as_str(), Some(0)),
            ("-5", None),
            ("+5", None),
            ("5 apples", None),
            ("1.2.3", None),
            (".5", None),
            ("inf", None),
            ("1, soon", None),
            (",", None),
            ("3s", Some(3)),
            ("3 seconds", Some(3)),
            ("3S", Some(3)),
            ("2min", Some(120)),
            ("1, 3", Some(1)),
            ("3,1", Some(1)),
            ("0, 3", Some(3)),
            ("0, 0", Some(0)),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(read(text, now), seconds.map(Duration::from_secs), "{text}");
        }
    }

    #[test]
    fn fractions_are_kept() {
        for (text, millis) in [
            ("2.5", 2_500),
            ("0.5s", 500),
            ("250ms", 250),
            ("1.5, 2", 1_500),
        ] {
            let delay = read(text, SystemTime::UNIX_EPOCH);
            assert_eq!(delay, Some(Duration::from_millis(millis)), "{text}");
        }
        let huge = format!("{}.5", "9".repeat(400));
        assert_eq!(delay(&huge), Some(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn of_two_headers_the_longest_counts() {
        let mut headers = HeaderMap::new();
        headers.append(RETRY_AFTER, "3".parse().unwrap());
        headers.append(RETRY_AFTER, "9".parse().unwrap());
        assert_eq!(
            retry_after(&headers, SystemTime::now()),
            Some(Duration::from_secs(9))
        );
    }
}
