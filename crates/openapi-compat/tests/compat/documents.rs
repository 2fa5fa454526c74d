//! Small documents around a schema, and comparisons of them.

use openapi_compat::{Comparison, Finding, compare};
use openapi_document::Source;
use proptest::test_runner::Config;
use serde_json::{Value, json};

/// A document whose one operation takes a body of this schema.
pub(crate) fn request(schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    document(json!({
        "requestBody": {"required": true, "content": content},
        "responses": {"204": {"description": "done"}},
    }))
}

/// A document whose one operation answers with a body of this schema.
pub(crate) fn response(schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    document(json!({"responses": {"200": {"description": "ok", "content": content}}}))
}

/// A document with one operation.
pub(crate) fn document(operation: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1.0.0"},
        "paths": {"/things": {"post": operation}},
    })
}

pub(crate) fn with_schemas(mut document: Value, schemas: Value) -> Value {
    document["components"] = json!({"schemas": schemas});
    document
}

pub(crate) fn diff(base: &Value, revision: &Value) -> Comparison {
    let read = |name: &str, value: &Value| Source::parse(name, value.to_string()).unwrap();
    compare(&read("base.json", base), &read("revision.json", revision)).unwrap()
}

pub(crate) fn verdict(comparison: &Comparison) -> &'static str {
    comparison.verdict.map_or("none", |class| class.as_str())
}

pub(crate) fn shown(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(|one| format!("{} {}: {}\n", one.class, one.id, one.message))
        .collect()
}

/// So many cases of a property, or as many as `PROPTEST_CASES` asks for.
pub(crate) fn cases(number: u32) -> Config {
    match std::env::var("PROPTEST_CASES") {
        Ok(_) => Config::default(),
        Err(_) => Config::with_cases(number),
    }
}
