//! The bodies that DingTalk and what stands before it send instead of an answer: the gateway's error in both of
//! its spellings, the older host's `errcode`, the page of a banned address.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::ReceivedErrorCode;

/// An error as some server in the chain described it. Whatever it did not say is `None` or empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) required_scopes: Vec<String>,
    /// The address of the caller is banned for this many minutes: the page says `"wait":5` of a ban that lasts five
    /// minutes (KB 0012, 1433), and names no unit.
    pub(crate) banned_for: Option<u64>,
}

impl Envelope {
    /// Reads what it can of `body`; a body that is no JSON object says nothing.
    pub(crate) fn read(body: &[u8]) -> Self {
        object(body).as_ref().map(Self::of).unwrap_or_default()
    }

    fn of(fields: &Map<String, Value>) -> Self {
        let denied = field(fields, &["accessdenieddetail"]).and_then(Value::as_object);
        Self {
            code: field(fields, CODES).and_then(code_text),
            message: field(fields, MESSAGES).and_then(text),
            request_id: field(fields, &["requestid", "request_id"]).and_then(text),
            required_scopes: denied
                .and_then(|detail| field(detail, &["requiredscopes"]))
                .and_then(Value::as_array)
                .map(|scopes| scopes.iter().filter_map(text).collect())
                .unwrap_or_default(),
            banned_for: is_ban(fields).then(|| {
                field(fields, &["wait"])
                    .and_then(Value::as_u64)
                    .unwrap_or(5)
            }),
        }
    }
}

/// The names of a code and of a message: DingTalk's, the older host's, those of OAuth and of Java's services.
const CODES: &[&str] = &["code", "errcode", "error", "errorcode"];
const MESSAGES: &[&str] = &[
    "message",
    "errmsg",
    "error_description",
    "errormsg",
    "errormessage",
    "sub_msg",
];

/// The fields of a body that is a JSON object. Texts in another charset than UTF-8 lose what cannot be read, and a
/// value that is nested too deeply counts as null: neither costs the error code beside it.
pub(crate) fn object(body: &[u8]) -> Option<Map<String, Value>> {
    let text = String::from_utf8_lossy(without_byte_order_mark(body));
    let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&text).ok()?;
    let value = |raw: Box<RawValue>| serde_json::from_str(raw.get()).unwrap_or_default();
    Some(
        fields
            .into_iter()
            .map(|(name, raw)| (name, value(raw)))
            .collect(),
    )
}

/// Why an object that arrived with HTTP 200 is not the answer that was expected, if it is not: it is the page of a
/// banned address, says that the call failed, or has none of the `known` fields. Where it is `sure` to be the answer, since it
/// has a field that no error has, a code counts only if the contract knows it: there may be more words for success.
pub(crate) fn foreign(
    fields: &Map<String, Value>,
    known: &[&str],
    sure: bool,
) -> Option<&'static str> {
    let code = field(fields, CODES).and_then(code_text);
    let failed = field(fields, &["success"]).and_then(Value::as_bool) == Some(false);
    if is_ban(fields) {
        Some("it is the page of a banned address")
    } else if code.is_some_and(|code| !sure || !ReceivedErrorCode::from(code).is_unknown()) {
        Some("it is an error")
    } else if failed {
        Some("it says that the call did not succeed")
    } else if !known.iter().any(|name| fields.contains_key(*name)) {
        Some("it has none of a page's fields")
    } else {
        None
    }
}

/// Whether `body` is an object that states a failure: `"success":false`, or a code under a name that only errors use.
pub(crate) fn states_failure(body: &[u8]) -> bool {
    object(body).is_some_and(|fields| {
        field(&fields, &["success"]).and_then(Value::as_bool) == Some(false)
            || field(&fields, &["errcode", "error", "errorcode"]).is_some()
    })
}

/// A byte order mark is not JSON, but some gateways put one before it.
pub(crate) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

fn is_ban(fields: &Map<String, Value>) -> bool {
    fields.contains_key("punish")
        || field(fields, &["status"]).and_then(Value::as_u64) == Some(1111)
}

/// The first of `names` that is there, without regard to case.
fn field<'a>(fields: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| {
        fields
            .iter()
            .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_null())
            .map(|(_, value)| value)
    })
}

fn text(value: &Value) -> Option<String> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A code is a word, or on the older host a number. Some of both mean success.
fn code_text(value: &Value) -> Option<String> {
    let code = match value {
        Value::Number(number) => number.to_string(),
        Value::String(word) => word.clone(),
        _ => return None,
    };
    let success = ["", "0", "200", "ok", "success"];
    let succeeded = success.iter().any(|word| code.eq_ignore_ascii_case(word));
    Some(code).filter(|_| !succeeded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_decode() {
        let lower = br#"{"code":"c","requestid":"r","message":"m","accessdenieddetail":{"requiredScopes":["s"]}}"#;
        let upper = br#"{"Code":"c","RequestId":"r","Message":"m","AccessDeniedDetail":{"RequiredScopes":["s"]}}"#;
        assert_eq!(Envelope::read(lower), Envelope::read(upper));
        assert_eq!(Envelope::read(lower).required_scopes, ["s"]);
    }

    #[test]
    fn the_older_host_and_oauth_spellings_decode() {
        assert_eq!(
            Envelope::read(br#"{"errcode":40014,"errmsg":"m"}"#)
                .code
                .as_deref(),
            Some("40014")
        );
        assert_eq!(Envelope::read(br#"{"errcode":0,"errmsg":"ok"}"#).code, None);
        assert_eq!(
            Envelope::read(br#"{"error":"invalid_client"}"#)
                .code
                .as_deref(),
            Some("invalid_client")
        );
    }

    #[test]
    fn the_page_of_a_banned_address_is_known() {
        let ban = br#"{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"xxx"}"#;
        assert_eq!(Envelope::read(ban).banned_for, Some(5));
    }

    #[test]
    fn what_is_no_object_says_nothing() {
        for body in [&b""[..], b"null", b"[]", b"<html>", b"{", b"\xff\xfe"] {
            assert_eq!(Envelope::read(body), Envelope::default());
        }
    }
}
