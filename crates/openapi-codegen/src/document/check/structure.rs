//! Is every part of the document of the JSON type that the format wants?

use serde_json::Value;

use crate::document::walk::{Kind, Shape, join, walk};
use crate::finding::Finding;

/// The JSON type of a field.
#[derive(Clone, Copy)]
enum Type {
    Text,
    Number,
    /// A whole number from 0 on.
    Count,
    Flag,
    List,
    Texts,
    Object,
}

pub(super) fn check(document: &Value) -> Vec<Finding> {
    if let Some(finding) = version(document) {
        return vec![finding];
    }
    let mut findings = Vec::new();
    walk(document, &mut |pointer, kind, value| {
        let Some(object) = value.as_object() else {
            findings.push(Finding::new(
                pointer,
                format!(
                    "{} must be an object, and this is {}",
                    noun(kind),
                    json_type(value)
                ),
                "check the indentation",
            ));
            return;
        };
        if object.contains_key("$ref") {
            return;
        }
        for (field, shape) in kind.fields() {
            let wanted = match shape {
                Shape::List(_) => Type::List,
                Shape::Map(_) | Shape::One(_) => Type::Object,
            };
            // What a part is made of is looked at when it is visited; here only what is never visited.
            let is_visited = |part: &Value| match shape {
                Shape::One(Kind::Schema) => !part.is_boolean() || *field == "additionalProperties",
                Shape::One(_) => true,
                Shape::List(_) | Shape::Map(_) => false,
            };
            if let Some(part) = object.get(*field)
                && !is_visited(part)
                && !wanted.fits(part)
            {
                findings.push(mismatch(&join(pointer, field), field, wanted, part));
            }
        }
        for (field, wanted) in typed_fields(kind) {
            if let Some(part) = object.get(*field)
                && !wanted.fits(part)
            {
                findings.push(mismatch(&join(pointer, field), field, *wanted, part));
            }
        }
        for field in required_fields(kind) {
            if !object.contains_key(*field) {
                findings.push(Finding::new(
                    pointer,
                    format!("{} lacks `{field}`", noun(kind)),
                    format!("add `{field}`"),
                ));
            }
        }
    });
    for field in ["title", "version"] {
        let pointer = format!("/info/{field}");
        match document.pointer(&pointer) {
            Some(Value::String(_)) => {}
            Some(other) => findings.push(mismatch(&pointer, field, Type::Text, other)),
            // Without `info` that has been said.
            None if document.get("info").is_none() => {}
            None => findings.push(Finding::new(
                "/info",
                format!("the document lacks `info.{field}`"),
                format!("add `{field}` under `info`"),
            )),
        }
    }
    findings
}

/// Is it a document of a version that the generator knows?
pub(super) fn version(document: &Value) -> Option<Finding> {
    if let Some(target) = document.as_str().filter(|text| is_path(text)) {
        return Some(Finding::new(
            "",
            format!("instead of a document there is a path, `{target}`"),
            "this is a symbolic link that Git could not make here: allow it with `git config core.symlinks true` (on \
             Windows, in developer mode), delete the file and check it out again",
        ));
    }
    let found = document.get("openapi");
    let (pointer, message) = match found.map(|version| (version, version.as_str())) {
        Some((_, Some(version))) if version.starts_with("3.0.") => return None,
        Some((_, Some(version))) => ("/openapi", format!("this is OpenAPI {version}")),
        Some((other, None)) => ("/openapi", format!("`openapi` is {}", json_type(other))),
        None if document.get("swagger").is_some() => ("/swagger", "this is Swagger 2.0".to_owned()),
        None => (
            "",
            "this is no OpenAPI document: `openapi` is missing".to_owned(),
        ),
    };
    let help = "the generator reads OpenAPI 3.0: convert the document, and write `openapi: 3.0.3` (in quotes where a \
                tool would take it for a number)";
    Some(Finding::new(pointer, message, help))
}

/// Whether all that a file says is where another document lies.
fn is_path(text: &str) -> bool {
    let ending = text.rsplit('.').next().unwrap_or_default();
    text.starts_with("../") && ["json", "yaml", "yml"].contains(&ending)
}

impl Type {
    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Number => value.is_number(),
            Self::Count => value.as_u64().is_some(),
            Self::Flag => value.is_boolean(),
            Self::List => value.is_array(),
            Self::Texts => value
                .as_array()
                .is_some_and(|entries| entries.iter().all(Value::is_string)),
            Self::Object => value.is_object(),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Count => "a whole number from 0 on",
            Self::Flag => "true or false",
            Self::List => "a list",
            Self::Texts => "a list of texts",
            Self::Object => "an object",
        }
    }
}

fn mismatch(pointer: &str, field: &str, wanted: Type, found: &Value) -> Finding {
    let help = match (field, found) {
        ("type", Value::Array(_)) => {
            "a list of types is OpenAPI 3.1: write one `type`, and `nullable: true` for null"
                .to_owned()
        }
        ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(_)) => {
            "a number here is OpenAPI 3.1: write the bound as `minimum` or `maximum`, and true here"
                .to_owned()
        }
        ("required", Value::Bool(_)) if matches!(wanted, Type::Texts) => {
            "list the required properties beside `properties`: `required: [name]`".to_owned()
        }
        (_, Value::Bool(_) | Value::Number(_)) if matches!(wanted, Type::Text) => {
            "put it in quotes".to_owned()
        }
        (_, Value::Array(_)) if matches!(wanted, Type::Texts) => {
            "put what is no text in quotes".to_owned()
        }
        _ => format!("write {}", wanted.words()),
    };
    let message = format!(
        "`{field}` must be {}, and this is {}",
        wanted.words(),
        json_type(found)
    );
    Finding::new(pointer, message, help)
}

fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "the document",
        Kind::Components => "`components`",
        Kind::PathItem => "a path",
        Kind::Operation => "an operation",
        Kind::Parameter => "a parameter",
        Kind::Header => "a header",
        Kind::RequestBody => "the body of a request",
        Kind::Response => "a response",
        Kind::MediaType => "a content type",
        Kind::Encoding => "an encoding",
        Kind::Schema => "a schema",
        Kind::SecurityScheme => "a security scheme",
        Kind::Example => "an example",
        Kind::Callback => "a callback",
        Kind::Responses => "`responses`",
    }
}

fn required_fields(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Document => &["info", "paths"],
        Kind::Operation => &["responses"],
        Kind::Parameter => &["name", "in"],
        Kind::RequestBody => &["content"],
        Kind::Response => &["description"],
        Kind::SecurityScheme => &["type"],
        _ => &[],
    }
}

fn typed_fields(kind: Kind) -> &'static [(&'static str, Type)] {
    use Type::{Count, Flag, List, Number, Object, Text, Texts};
    match kind {
        Kind::Document => &[
            ("info", Object),
            ("servers", List),
            ("security", List),
            ("tags", List),
        ],
        Kind::PathItem => &[("summary", Text), ("description", Text), ("servers", List)],
        Kind::Operation => &[
            ("operationId", Text),
            ("summary", Text),
            ("description", Text),
            ("tags", Texts),
            ("deprecated", Flag),
            ("security", List),
            ("servers", List),
        ],
        Kind::Parameter | Kind::Header => &[
            ("name", Text),
            ("in", Text),
            ("description", Text),
            ("required", Flag),
            ("deprecated", Flag),
            ("allowEmptyValue", Flag),
            ("allowReserved", Flag),
            ("style", Text),
            ("explode", Flag),
        ],
        Kind::RequestBody => &[("description", Text), ("required", Flag)],
        Kind::Response => &[("description", Text)],
        Kind::SecurityScheme => &[
            ("type", Text),
            ("in", Text),
            ("name", Text),
            ("scheme", Text),
            ("description", Text),
        ],
        Kind::Example => &[
            ("summary", Text),
            ("description", Text),
            ("externalValue", Text),
        ],
        Kind::Schema => &[
            ("type", Text),
            ("format", Text),
            ("title", Text),
            ("description", Text),
            ("pattern", Text),
            ("minimum", Number),
            ("maximum", Number),
            ("multipleOf", Number),
            ("exclusiveMinimum", Flag),
            ("exclusiveMaximum", Flag),
            ("minLength", Count),
            ("maxLength", Count),
            ("minItems", Count),
            ("maxItems", Count),
            ("minProperties", Count),
            ("maxProperties", Count),
            ("uniqueItems", Flag),
            ("nullable", Flag),
            ("deprecated", Flag),
            ("readOnly", Flag),
            ("writeOnly", Flag),
            ("required", Texts),
            ("enum", List),
            ("discriminator", Object),
        ],
        _ => &[],
    }
}
