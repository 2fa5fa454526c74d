//! How the values of options are read.

use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

use dingtalk_receipts::RateLimit;
use jiff::{Timestamp, Zoned, civil};

/// A duration such as `500ms`, `30s` or `2h 30m`, longer than nothing.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let duration = humantime::parse_duration(text.trim())
        .map_err(|error| format!("{error}; write it like 500ms, 30s or 5m"))?;
    if duration.is_zero() {
        return Err("it must be longer than nothing".to_owned());
    }
    Ok(duration)
}

/// How long it is until a time: after a duration, or at a time of day, a date with a time, or a time with its offset.
/// Without an offset, the machine's time zone counts.
pub(crate) fn until(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text.trim()) {
        Ok(_) => duration(text),
        Err(_) => left(text.trim(), &Zoned::now()),
    }
}

fn left(text: &str, now: &Zoned) -> Result<Duration, String> {
    let wrong =
        |_| "write it like 2h, 18:00, 2026-01-31T18:00 or 2026-01-31T18:00:00+08:00".to_owned();
    let zone = now.time_zone();
    let at = if let Ok(at) = text.parse::<Timestamp>() {
        at
    } else if let Ok(date) = text.parse::<civil::DateTime>() {
        zone.to_timestamp(date).map_err(wrong)?
    } else {
        let time = text.parse::<civil::Time>().map_err(wrong)?;
        let today = zone
            .to_timestamp(now.date().to_datetime(time))
            .map_err(wrong)?;
        // A time of day that has passed is tomorrow's.
        match today > now.timestamp() {
            true => today,
            false => {
                let tomorrow = now.date().tomorrow().map_err(wrong)?;
                zone.to_timestamp(tomorrow.to_datetime(time))
                    .map_err(wrong)?
            }
        }
    };
    let left = at.duration_since(now.timestamp());
    match Duration::try_from(left) {
        Ok(left) if !left.is_zero() => Ok(left),
        _ => Err("it has passed".to_owned()),
    }
}

/// A number of calls in a second, or `off`.
pub(crate) fn rate_limit(text: &str) -> Result<RateLimit, String> {
    if text.eq_ignore_ascii_case("off") {
        return Ok(RateLimit::unlimited());
    }
    match text.parse::<f64>() {
        Ok(calls) if calls.is_finite() && calls > 0.0 => Ok(RateLimit::per_second(calls)),
        _ => Err("it must be a number above 0, such as 20 or 0.5, or `off`".to_owned()),
    }
}

/// A whole number from 0.
pub(crate) fn whole<T: FromStr>(text: &str) -> Result<T, String> {
    let wrong = |_| match text.is_empty() || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        true => "it must be a whole number, such as 100".to_owned(),
        false => "it is too large".to_owned(),
    };
    text.parse().map_err(wrong)
}

/// A whole number from 1.
pub(crate) fn positive<T: FromStr + PartialEq + Default>(text: &str) -> Result<T, String> {
    match whole(text)? {
        number if number == T::default() => Err("it must be 1 or more".to_owned()),
        number => Ok(number),
    }
}

/// A JSON object.
pub(crate) fn object(text: &str) -> Result<serde_json::Value, String> {
    match serde_json::from_str(text) {
        Ok(object @ serde_json::Value::Object(_)) => Ok(object),
        Ok(_) => Err("it must be a JSON object, such as {\"title\":\"...\"}".to_owned()),
        Err(error) => Err(format!("it must be a JSON object: {error}")),
    }
}

/// An address of this machine with a port.
pub(crate) fn listen(text: &str) -> Result<SocketAddr, String> {
    // By its usual name, the address that every machine has.
    let address = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    address.parse().map_err(|_| {
        "it must be an address of this machine and a port, such as 127.0.0.1:8080".to_owned()
    })
}

/// A share between 0 and 1.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("it must be a number from 0 to 1, such as 0.1".to_owned()),
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
    fn an_end_is_a_duration_or_a_time() {
        let now: Zoned = "2026-01-31T17:00:00+08:00[+08:00]".parse().unwrap();
        for (text, minutes) in [
            ("18:00", 60),
            ("16:59", 24 * 60 - 1),
            ("17:00:30", 0),
            ("2026-02-01T00:00", 7 * 60),
            ("2026-01-31T10:00:00Z", 60),
            ("2026-01-31T18:00:00+08:00", 60),
        ] {
            assert_eq!(left(text, &now).unwrap().as_secs() / 60, minutes, "{text}");
        }
        for wrong in ["", "25:00", "2026-01-31T16:59", "2026-02-30T10:00", "soon"] {
            assert!(left(wrong, &now).is_err(), "{wrong}");
        }
        assert_eq!(until("2h"), Ok(Duration::from_secs(7_200)));
        assert!(until("0s").is_err());
    }

    #[test]
    fn numbers_are_whole() {
        assert_eq!(whole("0"), Ok(0_u64));
        assert_eq!(positive("1"), Ok(1_u32));
        for (wrong, said) in [
            ("", "whole"),
            ("-1", "whole"),
            ("1.5", "whole"),
            ("五", "whole"),
            ("99999999999999999999", "too large"),
        ] {
            assert!(whole::<u64>(wrong).unwrap_err().contains(said), "{wrong}");
        }
        assert!(positive::<u16>("0").is_err());
        assert!(positive::<u16>("65536").is_err());
    }

    #[test]
    fn a_sandbox_listens_on_an_address_and_a_port() {
        for (text, address) in [
            ("127.0.0.1:0", "127.0.0.1:0"),
            ("localhost:8080", "127.0.0.1:8080"),
            ("[::1]:1", "[::1]:1"),
        ] {
            assert_eq!(listen(text).unwrap().to_string(), address);
        }
        for wrong in [
            "",
            "8080",
            ":8080",
            "127.0.0.1",
            "127.0.0.1:70000",
            "localhost",
            "example.com:1",
        ] {
            assert!(listen(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rate_limits_are_positive_or_off() {
        assert_eq!(rate_limit("0.5").unwrap().rate(), Some(0.5));
        assert_eq!(rate_limit("OFF").unwrap().rate(), None);
        for wrong in ["", "0", "-3", "NaN", "inf", "many"] {
            assert!(rate_limit(wrong).is_err(), "{wrong}");
        }
    }
}
