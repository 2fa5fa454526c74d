//! The body of a request: its content type, and how it is written.

use serde_json::{Map, Value};

use super::parameter::{Style, is_json};
use super::shape::Shape;
use crate::document::walk::{OperationRef, follow, join};

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoded {
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// A text, as it is.
    Text,
    /// Bytes, as they are.
    Bytes,
}

/// The body of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// The key under `content`.
    pub(crate) key: String,
    /// The content type that is sent.
    pub(crate) content_type: String,
    pub(crate) encoded: Encoded,
    pub(crate) required: bool,
    /// The fields of a form, with how each is written.
    pub(crate) parts: Vec<Part>,
    /// Whether the parts are all that there is to know of a form.
    pub(crate) has_parts: bool,
    has_encoding: bool,
    is_one_of_several: bool,
    pub(crate) schema: Value,
    pub(crate) pointer: String,
    pub(crate) description: Option<Value>,
}

/// One field of a form.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// The name of the argument, in a multipart form.
    pub(crate) argument: String,
    pub(crate) required: bool,
    pub(crate) kind: PartKind,
    pub(crate) schema: Value,
    pub(crate) shape: Shape,
    /// How it is written into a form: only of those that are not multipart.
    pub(crate) style: Style,
    pub(crate) explode: bool,
    /// The content type that the document states for it.
    pub(crate) content_type: Option<String>,
    /// The headers that the document states for it and that nothing writes.
    pub(super) headers: Vec<String>,
}

/// What a part of a multipart form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    Text,
    /// A part for each text of a list.
    Texts,
    File,
    Files,
    Json,
}

impl Body {
    /// Whether progenitor writes the body right.
    pub(crate) fn is_plain(&self) -> bool {
        self.required
            && match self.encoded {
                Encoded::Json => self.content_type == "application/json",
                Encoded::Form => self.is_plain_form(),
                Encoded::Multipart => false,
                Encoded::Text => self.content_type == "text/plain",
                Encoded::Bytes => self.content_type == "application/octet-stream",
            }
    }

    /// Whether progenitor needs another body instead.
    pub(super) fn is_changed(&self) -> bool {
        if self.is_one_of_several {
            return true;
        }
        match self.encoded {
            Encoded::Json => self.key != "application/json",
            Encoded::Form => self.has_encoding || self.key != "application/x-www-form-urlencoded",
            Encoded::Multipart | Encoded::Text | Encoded::Bytes => true,
        }
    }

    /// Whether all fields of a form are single texts.
    pub(crate) fn is_plain_form(&self) -> bool {
        self.has_parts && self.parts.iter().all(|part| part.shape == Shape::Text)
    }
}

/// The body of an operation; `None` if it has none. Of several content types JSON is taken first, then a
/// form: what a caller passes as values, and not as bytes.
pub(super) fn body(document: &Value, found: &OperationRef<'_>) -> Option<Body> {
    let body = follow(document, found.operation.get("requestBody")?)?;
    let content = body.get("content")?.as_object()?;
    let preferred: [fn(&str) -> bool; 3] = [
        |key| key == "application/json",
        is_json,
        |key| key == "application/x-www-form-urlencoded" || key == "multipart/form-data",
    ];
    let (key, media) = preferred
        .iter()
        .find_map(|is_preferred| content.iter().find(|(key, _)| is_preferred(key)))
        .or_else(|| content.iter().next())?;
    let schema = media.get("schema");
    let encoded = encoded(document, key, schema);
    let mut read = Body {
        key: key.clone(),
        content_type: content_type(key, encoded),
        encoded,
        required: body.get("required") == Some(&Value::Bool(true)),
        parts: Vec::new(),
        has_parts: false,
        is_one_of_several: content.len() > 1,
        has_encoding: media.get("encoding").is_some(),
        schema: schema.cloned().unwrap_or_else(|| Value::Object(Map::new())),
        pointer: join(
            &join(&join(&found.pointer(), "requestBody"), "content"),
            key,
        ),
        description: body.get("description").cloned(),
    };
    if let (Encoded::Form | Encoded::Multipart, Some(schema)) = (encoded, schema) {
        let encodings = media.get("encoding").and_then(Value::as_object);
        if let Some(parts) = parts(document, schema, encodings, encoded, 0) {
            (read.parts, read.has_parts) = (parts, true);
        }
    }
    Some(read)
}

fn encoded(document: &Value, key: &str, schema: Option<&Value>) -> Encoded {
    let essence = key
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        _ if is_json(key) => Encoded::Json,
        "application/x-www-form-urlencoded" => Encoded::Form,
        "multipart/form-data" => Encoded::Multipart,
        "*/*" | "application/*" => {
            let binary = schema
                .and_then(|schema| follow(document, schema))
                .is_some_and(is_binary);
            if binary {
                Encoded::Bytes
            } else {
                Encoded::Json
            }
        }
        text if text.starts_with("text/") => Encoded::Text,
        _ => Encoded::Bytes,
    }
}

/// The content type that is sent: a range such as `*/*` is none.
fn content_type(key: &str, encoded: Encoded) -> String {
    if !key.contains('*') {
        return key.to_owned();
    }
    match encoded {
        Encoded::Json => "application/json",
        Encoded::Text => "text/plain",
        _ => "application/octet-stream",
    }
    .to_owned()
}

fn is_binary(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("string")
        && schema.get("format").and_then(Value::as_str) == Some("binary")
}

/// The fields of a form's schema; `None` if it is no list of fields.
fn parts(
    document: &Value,
    schema: &Value,
    encodings: Option<&Map<String, Value>>,
    encoded: Encoded,
    depth: usize,
) -> Option<Vec<Part>> {
    let schema = follow(document, schema).filter(|_| depth < 8)?;
    let mut found: Vec<Part> = Vec::new();
    let mut required: Vec<&str> = Vec::new();
    let list = |schema: &'_ Value| -> Vec<String> {
        let names = schema.get("required").and_then(Value::as_array);
        names
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect()
    };
    let own_required = list(schema);
    required.extend(own_required.iter().map(String::as_str));
    if schema.get("oneOf").is_some() || schema.get("anyOf").is_some() {
        return None;
    }
    let combined = schema.get("allOf").and_then(Value::as_array);
    for part in combined.into_iter().flatten() {
        for part in parts(document, part, encodings, encoded, depth + 1)? {
            found.retain(|other| other.name != part.name);
            found.push(part);
        }
    }
    let kind = schema.get("type").and_then(Value::as_str);
    let properties = schema.get("properties").and_then(Value::as_object);
    if kind.is_some_and(|kind| kind != "object") || (properties.is_none() && combined.is_none()) {
        return None;
    }
    for (name, property) in properties.into_iter().flatten() {
        let read_only = follow(document, property)
            .is_some_and(|it| it.get("readOnly") == Some(&Value::Bool(true)));
        if read_only {
            continue;
        }
        let encoding = encodings.and_then(|encodings| encodings.get(name));
        found.retain(|other| &other.name != name);
        found.push(part(document, name, property, encoding, encoded));
    }
    for part in &mut found {
        part.required |= required.contains(&part.name.as_str());
    }
    Some(found)
}

fn part(
    document: &Value,
    name: &str,
    schema: &Value,
    encoding: Option<&Value>,
    encoded: Encoded,
) -> Part {
    let text = |key: &str| encoding.and_then(|it| it.get(key)).and_then(Value::as_str);
    let shape = Shape::of(document, schema);
    let binary = |schema: &Value| follow(document, schema).is_some_and(is_binary);
    let items = follow(document, schema).and_then(|it| it.get("items"));
    let content_type = text("contentType").map(str::to_owned);
    let json = content_type.as_deref().is_some_and(is_json);
    let kind = match &shape {
        _ if binary(schema) => PartKind::File,
        Shape::List(_) if items.is_some_and(binary) => PartKind::Files,
        Shape::Text if !json => PartKind::Text,
        Shape::List(items) if **items == Shape::Text && !json => PartKind::Texts,
        _ => PartKind::Json,
    };
    let style = match text("style") {
        Some("deepObject") => Style::DeepObject,
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        _ if encoded == Encoded::Form && json => Style::Json,
        _ => Style::Form,
    };
    let explode = encoding
        .and_then(|it| it.get("explode"))
        .and_then(Value::as_bool);
    Part {
        name: name.to_owned(),
        argument: String::new(),
        required: false,
        kind,
        schema: schema.clone(),
        shape,
        style,
        explode: explode.unwrap_or(style == Style::Form),
        content_type,
        headers: encoding.map(unwritten_headers).unwrap_or_default(),
    }
}

/// The headers of a part but those that every part has.
fn unwritten_headers(encoding: &Value) -> Vec<String> {
    let headers = encoding.get("headers").and_then(Value::as_object);
    let names = headers.into_iter().flat_map(Map::keys);
    names
        .filter(|name| {
            !["content-type", "content-disposition"].contains(&&*name.to_ascii_lowercase())
        })
        .cloned()
        .collect()
}
