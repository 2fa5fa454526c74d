//! Is every keyword one that the format has? A misspelled keyword is ignored by every tool, silently.

use openapi_codegen::document::walk::{Kind, join};
use serde_json::Value;

use crate::finding::Finding;
use crate::names::nearest;
use crate::part::Part;

pub(crate) fn lint(document: &Value, parts: &[Part<'_>]) -> Vec<Finding> {
    let is_newer = is_newer(document);
    let mut findings = Vec::new();
    for part in parts {
        let (Some(known), Some(object)) = (keywords(part.kind), part.value.as_object()) else {
            continue;
        };
        let is_known = |key: &str| {
            known.contains(&key) || is_newer && newer_keywords(part.kind).contains(&key)
        };
        let is_reference = object.get("$ref").is_some_and(Value::is_string);
        for key in object.keys().filter(|key| !key.starts_with("x-")) {
            let pointer = join(&part.pointer, key);
            if is_reference && key != "$ref" {
                if is_newer {
                    continue;
                }
                findings.push(Finding::new(
                    "reference-sibling",
                    pointer,
                    format!("`{key}` beside `$ref` is ignored"),
                    "move it to what is referred to, or wrap the reference in `allOf`",
                ));
            } else if !is_reference && !is_known(key) {
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

/// Whether the document is of a version after 3.0, which has more keywords and lets some stand beside a `$ref`.
fn is_newer(document: &Value) -> bool {
    let version = document.get("openapi").and_then(Value::as_str);
    version.is_some_and(|version| !version.starts_with("3.0"))
}

/// What OpenAPI 3.1 has beside the keywords of 3.0; in schemas, the keywords of JSON Schema 2020-12.
fn newer_keywords(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Document => &["jsonSchemaDialect", "webhooks"],
        Kind::Components => &["pathItems"],
        Kind::Schema => &[
            "$anchor",
            "$comment",
            "$defs",
            "$dynamicAnchor",
            "$dynamicRef",
            "$id",
            "$schema",
            "$vocabulary",
            "const",
            "contains",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "dependentRequired",
            "dependentSchemas",
            "else",
            "examples",
            "if",
            "maxContains",
            "minContains",
            "patternProperties",
            "prefixItems",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties",
        ],
        _ => &[],
    }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(version: &str) -> Vec<(&'static str, String)> {
        let document = json!({
            "openapi": version,
            "webhooks": {},
            "components": { "schemas": {
                "A": { "const": 1, "misspelt": 1 },
                "B": { "$ref": "#/components/schemas/A", "description": "a b" },
            } },
        });
        let parts = Part::all(&document);
        let findings = lint(&document, &parts);
        let places = findings.into_iter().map(|it| (it.rule, it.pointer));
        places.collect()
    }

    #[test]
    fn keywords_are_those_of_the_documents_version() {
        let misspelt = (
            "unknown-keyword",
            "/components/schemas/A/misspelt".to_owned(),
        );
        assert_eq!(found("3.1.0"), [misspelt.clone()]);
        let older = found("3.0.3");
        for expected in [
            misspelt,
            ("unknown-keyword", "/webhooks".to_owned()),
            ("unknown-keyword", "/components/schemas/A/const".to_owned()),
            (
                "reference-sibling",
                "/components/schemas/B/description".to_owned(),
            ),
        ] {
            assert!(older.contains(&expected), "{expected:?} in {older:?}");
        }
    }
}
