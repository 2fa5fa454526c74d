//! Whether a document is one that can be compared, and what it is if it is not.

use openapi_document::Source;
use serde_json::Value;

use crate::CompareError;

/// Formats that have a key of their own in the place of `openapi`.
const OTHERS: [(&str, &str, &str); 4] = [
    (
        "swagger",
        "Swagger",
        "convert both documents to OpenAPI 3.0 before, with `swagger2openapi` or editor.swagger.io",
    ),
    (
        "asyncapi",
        "AsyncAPI",
        "only OpenAPI documents can be compared",
    ),
    ("arazzo", "Arazzo", "only OpenAPI documents can be compared"),
    (
        "overlay",
        "OpenAPI Overlay",
        "apply it to its document, and compare the result",
    ),
];

/// Checks that a document is an OpenAPI 3.0 document.
pub(crate) fn check(source: &Source) -> Result<(), CompareError> {
    let problem = |pointer: &str, what: String| {
        let place = source.place(pointer);
        Err(CompareError::new(format!("{place}: {what}")))
    };
    let Some(entries) = source.value().as_object() else {
        let found = match source.value() {
            Value::Array(_) => "a list",
            Value::Null => "null",
            _ => "a single value",
        };
        return problem(
            "",
            format!("this is {found}; an OpenAPI document is an object with `openapi` and `paths`"),
        );
    };
    let Some(version) = entries.get("openapi") else {
        for (key, name, advice) in OTHERS {
            if let Some(version) = entries.get(key) {
                let pointer = format!("/{key}");
                return problem(
                    &pointer,
                    format!("this is {name} {}; {advice}", text(version)),
                );
            }
        }
        let what = if ["paths", "info", "components"]
            .iter()
            .any(|key| entries.contains_key(*key))
        {
            "`openapi` is missing, which says the version of the format; add `openapi: 3.0.3`"
        } else if ["$schema", "type", "properties"]
            .iter()
            .any(|key| entries.contains_key(*key))
        {
            "this looks like a JSON Schema; an OpenAPI document has `openapi` and `paths`"
        } else {
            "this is no OpenAPI document: it has neither `openapi` nor `paths`"
        };
        return problem("", what.to_owned());
    };
    let version = text(version);
    if version == "3" || version == "3.0" || version.starts_with("3.0.") {
        return Ok(());
    }
    problem(
        "/openapi",
        format!("this is OpenAPI {version}; only OpenAPI 3.0 documents can be compared"),
    )
}

/// A version as it is written: with quotes or without.
fn text(version: &Value) -> String {
    version
        .as_str()
        .map_or_else(|| version.to_string(), str::to_owned)
}
