//! OpenAPI 3.1: what JSON Schema 2020-12 says in other words, and what only it can say.

use serde_json::{Value, json};

use crate::documents::{diff, request, response, shown, verdict};

fn as_3_1(mut document: Value) -> Value {
    document["openapi"] = json!("3.1.0");
    document
}

#[test]
fn the_usual_upgrade_is_no_change() {
    for (old, new) in [
        (
            json!({"type": "string", "nullable": true}),
            json!({"type": ["string", "null"]}),
        ),
        (
            json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true}),
            json!({"type": "integer", "exclusiveMinimum": 1}),
        ),
        (
            json!({"type": "string", "example": "a"}),
            json!({"type": "string", "examples": ["a"]}),
        ),
        (
            json!({"type": "string", "enum": ["a"]}),
            json!({"type": "string", "const": "a"}),
        ),
    ] {
        for make in [request, response] {
            let comparison = diff(&make(&old), &as_3_1(make(&new)));
            assert!(
                matches!(verdict(&comparison), "none" | "docs"),
                "{old} {new}\n{}",
                shown(&comparison.findings)
            );
        }
    }
}

#[test]
fn keywords_of_3_1_are_judged_or_unknown() {
    let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let with = |keyword: &str, value: Value| {
        let mut schema = object.clone();
        schema[keyword] = value;
        schema
    };
    for (old, new, said) in [
        (
            json!({"type": ["string", "integer"]}),
            json!({"type": ["string"]}),
            "breaking",
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "string"}]}),
            json!({"type": "array", "prefixItems": [{"type": "integer"}]}),
            "unknown",
        ),
        (
            with("dependentRequired", json!({"a": ["b"]})),
            with("dependentRequired", json!({"a": ["b"]})),
            "none",
        ),
        (
            object.clone(),
            with("dependentRequired", json!({"a": ["b"]})),
            "unknown",
        ),
        (
            with("if", json!({"required": ["a"]})),
            object.clone(),
            "compatible",
        ),
    ] {
        let comparison = diff(&as_3_1(request(&old)), &as_3_1(request(&new)));
        let found = verdict(&comparison);
        // A proof is better than a doubt.
        let fits = found == said || (said == "unknown" && found == "breaking");
        assert!(fits, "{old} {new}\n{}", shown(&comparison.findings));
    }
}

#[test]
fn keywords_beside_a_reference_count() {
    let document = |limit: u64| {
        let schema = json!({"$ref": "#/components/schemas/Name", "maxLength": limit});
        let mut document = as_3_1(request(&schema));
        document["components"] = json!({"schemas": {"Name": {"type": "string"}}});
        document
    };
    assert_eq!(verdict(&diff(&document(9), &document(5))), "breaking");
    assert_eq!(verdict(&diff(&document(5), &document(9))), "compatible");
}

#[test]
fn webhooks_are_compared_as_calls_of_the_server() {
    let document = |kind: &str| {
        let schema =
            json!({"type": "object", "required": ["id"], "properties": {"id": {"type": kind}}});
        let mut document = as_3_1(request(&schema));
        document["webhooks"] = json!({"created": document["paths"]["/things"]});
        document["paths"] = json!({});
        document
    };
    let comparison = diff(&document("integer"), &document("string"));
    assert_eq!(
        verdict(&comparison),
        "breaking",
        "{}",
        shown(&comparison.findings)
    );
    let mut without = document("integer");
    without["webhooks"] = json!({});
    let comparison = diff(&document("integer"), &without);
    assert_eq!(comparison.findings[0].id, "webhook-removed");
}
