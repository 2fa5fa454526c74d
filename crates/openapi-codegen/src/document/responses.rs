//! Makes an operation's responses fit progenitor, which knows one type of success and one type of error.
//!
//! progenitor counts `default` among the successes as well and then stops with an assertion because there are two
//! types. Only beside a success that is a *range* does it take `default` for errors alone, so the one success is
//! written as `2XX` here. Which statuses are a success is put right again in the generated code
//! ([`crate::client`]), for which [`success_status`] remembers what the document said.

use serde_json::Value;

use super::walk::{Kind, walk};

/// The one exact status that is a success, where there is exactly one and no range.
pub(crate) fn success_status(operation: &Value) -> Option<u16> {
    let responses = operation.get("responses")?.as_object()?;
    let mut found = None;
    for status in responses.keys().filter(|status| is_success(status)) {
        if found.is_some() {
            return None;
        }
        found = Some(status.parse::<u16>().ok()?);
    }
    found
}

/// Rewrites every operation that has a `default` response and one exact success.
pub(crate) fn normalise(document: &mut Value) {
    let mut places = Vec::new();
    walk(document, &mut |pointer, kind, value| {
        let responses = value.get("responses");
        let default = responses.and_then(|responses| responses.get("default"));
        if let (Kind::Operation, Some(_), Some(status)) = (kind, default, success_status(value)) {
            places.push((format!("{pointer}/responses"), status.to_string()));
        }
    });
    for (place, status) in places {
        let responses = document.pointer_mut(&place).and_then(Value::as_object_mut);
        if let Some(responses) = responses
            && let Some(success) = responses.remove(&status)
        {
            responses.insert("2XX".to_owned(), success);
        }
    }
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
}
