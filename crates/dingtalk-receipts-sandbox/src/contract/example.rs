//! The response of an operation that the contract has and the sandbox does not implement: its example.

use axum::http::StatusCode;
use bytes::Bytes;
use openapi_document::{follow, pointer};
use serde_json::Value;

use crate::contract::invalid::Invalid;
use crate::contract::schema::Schemas;

/// A response that is the same each time.
pub(crate) struct ExampleResponse {
    pub(crate) status: u16,
    /// None for a response without a body.
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
}

impl ExampleResponse {
    /// The example of the lowest status of success of the operation `item` at `place`. It must fit its schema.
    pub(crate) fn read(
        document: &Value,
        schemas: &Schemas,
        item: &Value,
        place: &str,
    ) -> Result<Self, Invalid> {
        let place = pointer::join(place, "responses");
        let responses = item["responses"].as_object().into_iter().flatten();
        let (status, key, response) = responses
            .filter_map(|(key, response)| Some((status_of(key)?, key, response)))
            .min_by_key(|(status, _, _)| *status)
            .ok_or_else(|| {
                Invalid::new(&place, "the operation has no response of success (2xx)")
            })?;
        let place = pointer::join(&place, key);
        let response = follow(document, response)
            .ok_or_else(|| Invalid::new(&place, "the reference leads nowhere"))?;
        let Some((content_type, media)) = media_type(response) else {
            return Ok(Self {
                status,
                content_type: None,
                body: Bytes::new(),
            });
        };
        let example = example_of(document, media).ok_or_else(|| {
            let lacks = "the response has no example, which would be what the sandbox responds with: add one";
            Invalid::new(&place, lacks)
        })?;
        if let Some(schema) = media.get("schema") {
            let schema = schemas
                .compile(schema)
                .map_err(|message| Invalid::new(&place, message))?;
            if let Some(error) = schema.iter_errors(example).next() {
                let at = error.instance_path();
                return Err(Invalid::new(
                    &place,
                    format!("the example does not fit its schema: {error} at `{at}`"),
                ));
            }
        }
        let body = match example {
            Value::String(text) if !is_json(content_type) => text.clone(),
            example => example.to_string(),
        };
        Ok(Self {
            status,
            content_type: Some(content_type.to_owned()),
            body: body.into(),
        })
    }
}

/// The status that a response of success is sent with. `2XX` and `default` are sent as 200.
fn status_of(key: &str) -> Option<u16> {
    if key.eq_ignore_ascii_case("2XX") {
        return Some(200);
    }
    let status: u16 = key.parse().ok()?;
    let known = StatusCode::from_u16(status).ok()?;
    known.is_success().then_some(status)
}

/// The JSON form of a response's body, or the first other one.
fn media_type(response: &Value) -> Option<(&str, &Value)> {
    let content = response.get("content")?.as_object()?;
    let mut forms = content.iter().map(|(name, media)| (name.as_str(), media));
    forms
        .clone()
        .find(|(name, _)| is_json(name))
        .or_else(|| forms.next())
}

fn is_json(content_type: &str) -> bool {
    let media = content_type.split(';').next().unwrap_or_default().trim();
    media.eq_ignore_ascii_case("application/json") || media.to_ascii_lowercase().ends_with("+json")
}

/// The example of a media type, the first of its examples, or the example of its schema.
fn example_of<'v>(document: &'v Value, media: &'v Value) -> Option<&'v Value> {
    if let Some(example) = media.get("example") {
        return Some(example);
    }
    if let Some((_, example)) = media
        .get("examples")
        .and_then(Value::as_object)
        .and_then(|all| all.iter().next())
    {
        return follow(document, example)?.get("value");
    }
    follow(document, media.get("schema")?)?.get("example")
}
