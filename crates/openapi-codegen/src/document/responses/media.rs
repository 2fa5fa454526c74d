//! Finds the JSON among the media types of a response: `application/json`, and any `+json`.
//!
//! progenitor knows `application/json` alone; a body of any other type it hands out undecoded.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::document::walk::{Kind, walk};

/// Writes JSON of any media type as `application/json`; the media type to ask for, by the places of the responses.
pub(super) fn normalise(document: &mut Value) -> BTreeMap<String, String> {
    let mut changes = Vec::new();
    walk(document, &mut |pointer, kind, response| {
        let content = response.get("content").and_then(Value::as_object);
        if let (Kind::Response, Some(content)) = (kind, content.filter(|all| !all.is_empty())) {
            changes.push((pointer.to_owned(), choose(content, is_success(pointer))));
        }
    });
    let mut accepted = BTreeMap::new();
    for (pointer, (media_type, content)) in changes {
        accepted.insert(pointer.clone(), media_type);
        let response = document
            .pointer_mut(&pointer)
            .and_then(Value::as_object_mut);
        if let Some(response) = response {
            response.insert("content".to_owned(), content);
        }
    }
    accepted
}

/// Whether a response stands under the status of a success.
fn is_success(pointer: &str) -> bool {
    let status = pointer.rsplit('/').next().unwrap_or_default();
    pointer.starts_with("/paths/") && status.starts_with('2')
}

/// The media type to ask for, and the content with one entry.
fn choose(content: &Map<String, Value>, is_success: bool) -> (String, Value) {
    let mut found: Vec<(u8, &String, Value)> = content
        .iter()
        .filter_map(|(media_type, media)| Some((rank(media_type, media)?, media_type, media)))
        .map(|(rank, media_type, media)| {
            let any = || json!({});
            (
                rank,
                media_type,
                media.get("schema").cloned().unwrap_or_else(any),
            )
        })
        .collect();
    found.sort_by_key(|(rank, ..)| *rank);
    let Some((rank, media_type, schema)) = found.first() else {
        let (media_type, media) = content.iter().next().unwrap_or((&EMPTY, &Value::Null));
        return (media_type.clone(), json!({ media_type.as_str(): media }));
    };
    let asked = if *rank == WILDCARD {
        "application/json"
    } else {
        media_type
    };
    // A client asks for one type of success. Of an error the server decides which it is.
    let mut schemas: Vec<&Value> = Vec::new();
    for (rank, _, other) in &found {
        if *rank != WILDCARD && !is_success && !schemas.contains(&other) {
            schemas.push(other);
        }
    }
    let schema = match schemas.as_slice() {
        [_, _, ..] => json!({ "oneOf": schemas }),
        _ => schema.clone(),
    };
    (
        asked.to_owned(),
        json!({ "application/json": { "schema": schema } }),
    )
}

static EMPTY: String = String::new();

/// The rank of a media type that may be anything.
const WILDCARD: u8 = 3;

/// How good a media type is as JSON; `None` if it is none.
fn rank(media_type: &str, media: &Value) -> Option<u8> {
    let name = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match name.as_str() {
        "application/json" => Some(0),
        "text/json" => Some(2),
        "*/*" | "application/*" => {
            let schema = media.get("schema")?;
            let is_text = schema.get("type").and_then(Value::as_str) == Some("string");
            (!is_text && schema.as_object().is_some_and(|schema| !schema.is_empty()))
                .then_some(WILDCARD)
        }
        name => name.ends_with("+json").then_some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(content: Value, is_success: bool) -> (String, Value) {
        choose(content.as_object().unwrap(), is_success)
    }

    #[test]
    fn json_is_found_whatever_it_is_called() {
        for (content, media_type) in [
            (
                json!({ "text/xml": {}, "Application/JSON; charset=utf-8": {} }),
                "Application/JSON; charset=utf-8",
            ),
            (
                json!({ "application/vnd.api+json": {} }),
                "application/vnd.api+json",
            ),
            (
                json!({ "application/hal+json": {}, "application/json": {} }),
                "application/json",
            ),
            (
                json!({ "*/*": { "schema": { "type": "object" } } }),
                "application/json",
            ),
        ] {
            let (found, content) = chosen(content, true);
            assert_eq!(found, media_type);
            assert!(content.get("application/json").is_some(), "{content}");
        }
        for other in [
            "text/plain",
            "application/octet-stream",
            "*/*",
            "application/jsonl",
        ] {
            let content = json!({ other: { "schema": { "type": "string" } } });
            assert_eq!(chosen(content.clone(), true), (other.to_owned(), content));
        }
    }

    #[test]
    fn an_error_may_be_of_any_of_its_types() {
        let content = json!({
            "application/json": { "schema": { "type": "string" } },
            "application/problem+json": { "schema": { "type": "object" } },
        });
        let schema = json!({ "oneOf": [{ "type": "string" }, { "type": "object" }] });
        assert_eq!(
            chosen(content, false).1["application/json"]["schema"],
            schema
        );
    }
}
