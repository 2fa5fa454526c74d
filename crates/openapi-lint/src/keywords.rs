//! Is every keyword one that the format has? A misspelled keyword is ignored by every tool, silently.

use openapi_codegen::document::walk::{Kind, join};
use serde_json::Value;

use crate::finding::Finding;
use crate::names::nearest;
use crate::part::Part;

pub(crate) fn lint(parts: &[Part<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in parts {
        let (Some(known), Some(object)) = (keywords(part.kind), part.value.as_object()) else {
            continue;
        };
        let is_reference = object.get("$ref").is_some_and(Value::is_string);
        for key in object.keys().filter(|key| !key.starts_with("x-")) {
            let pointer = join(&part.pointer, key);
            if is_reference && key != "$ref" {
                findings.push(Finding::new(
                    "unknown-keyword",
                    pointer,
                    format!("`{key}` beside `$ref` is ignored"),
                    "move it to what is referred to, or wrap the reference in `allOf`",
                ));
            } else if !is_reference && !known.contains(&key.as_str()) {
                let help = match nearest(key, known) {
                    Some(near) => {
                        format!("did you mean `{near}`? What is your own begins with `x-`")
                    }
                    None => "take it out, or let it begin with `x-`".to_owned(),
                };
                let message = format!("`{key}` is no keyword here, and every tool ignores it");
                findings.push(Finding::new("unknown-keyword", pointer, message, help));
            }
        }
    }
    findings
}

/// The keywords of a part; `None` where keys are names.
fn keywords(kind: Kind) -> Option<&'static [&'static str]> {
    Some(match kind {
        Kind::Document => &[
            "openapi",
            "info",
            "servers",
            "paths",
            "components",
            "security",
            "tags",
            "externalDocs",
        ],
        Kind::Components => &[
            "schemas",
            "responses",
            "parameters",
            "examples",
            "requestBodies",
            "headers",
            "securitySchemes",
            "links",
            "callbacks",
        ],
        Kind::PathItem => &[
            "$ref",
            "summary",
            "description",
            "get",
            "put",
            "post",
            "delete",
            "options",
            "head",
            "patch",
            "trace",
            "servers",
            "parameters",
        ],
        Kind::Operation => &[
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "callbacks",
            "deprecated",
            "security",
            "servers",
        ],
        Kind::Parameter => &[
            "name",
            "in",
            "description",
            "required",
            "deprecated",
            "allowEmptyValue",
            "style",
            "explode",
            "allowReserved",
            "schema",
            "example",
            "examples",
            "content",
        ],
        Kind::Header => &[
            "description",
            "required",
            "deprecated",
            "allowEmptyValue",
            "style",
            "explode",
            "allowReserved",
            "schema",
            "example",
            "examples",
            "content",
        ],
        Kind::RequestBody => &["description", "content", "required"],
        Kind::Response => &["description", "headers", "content", "links"],
        Kind::MediaType => &["schema", "example", "examples", "encoding"],
        Kind::Encoding => &[
            "contentType",
            "headers",
            "style",
            "explode",
            "allowReserved",
        ],
        Kind::Example => &["summary", "description", "value", "externalValue"],
        Kind::SecurityScheme => &[
            "type",
            "description",
            "name",
            "in",
            "scheme",
            "bearerFormat",
            "flows",
            "openIdConnectUrl",
        ],
        Kind::Schema => &[
            "title",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxProperties",
            "minProperties",
            "required",
            "enum",
            "type",
            "allOf",
            "oneOf",
            "anyOf",
            "not",
            "items",
            "properties",
            "additionalProperties",
            "description",
            "format",
            "default",
            "nullable",
            "discriminator",
            "readOnly",
            "writeOnly",
            "xml",
            "externalDocs",
            "example",
            "deprecated",
        ],
        _ => return None,
    })
}
