//! Does every example fit its schema?

use openapi_codegen::document::json_schema;
use openapi_codegen::document::walk::{Kind, follow, join};
use serde_json::Value;

use crate::finding::Finding;
use crate::part::Part;

pub(crate) fn lint(document: &Value, parts: &[Part<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in parts {
        match part.kind {
            Kind::Schema => {
                for key in ["example", "default"] {
                    if let Some(value) = part.value.get(key) {
                        check(
                            document,
                            &part.pointer,
                            value,
                            &join(&part.pointer, key),
                            &mut findings,
                        );
                    }
                }
            }
            Kind::MediaType | Kind::Parameter | Kind::Header
                if part.value.get("schema").is_some() =>
            {
                let schema = join(&part.pointer, "schema");
                if let Some(value) = part.value.get("example") {
                    check(
                        document,
                        &schema,
                        value,
                        &join(&part.pointer, "example"),
                        &mut findings,
                    );
                }
                let examples = part.value.get("examples").and_then(Value::as_object);
                for (name, example) in examples.into_iter().flatten() {
                    let place = join(&join(&part.pointer, "examples"), name);
                    match follow(document, example).map(|example| (example, example.get("value"))) {
                        Some((_, Some(value))) => {
                            check(
                                document,
                                &schema,
                                value,
                                &join(&place, "value"),
                                &mut findings,
                            );
                        }
                        Some((example, None)) if example.get("externalValue").is_some() => {}
                        _ => findings.push(Finding::new(
                            "example",
                            place,
                            format!("the example `{name}` has no value"),
                            "add `value`",
                        )),
                    }
                }
            }
            _ => {}
        }
    }
    findings
}

/// What an example may lack though it is required: a request what is only read, a response what is only written, and
/// a schema, which may stand for either, both.
fn waived(schema: &str) -> &'static [&'static str] {
    if schema.starts_with("/components/schemas/") {
        return &["readOnly", "writeOnly"];
    }
    let side =
        |step: &&str| ["parameters", "requestBody", "requestBodies", "responses"].contains(step);
    match schema.split('/').rfind(side) {
        Some("responses") => &["writeOnly"],
        _ => &["readOnly"],
    }
}

fn check(document: &Value, schema: &str, value: &Value, place: &str, findings: &mut Vec<Finding>) {
    let schema = json_schema::schema_at(document, schema, waived(schema));
    match jsonschema::options().build(&schema) {
        Ok(validator) => {
            for error in validator.iter_errors(value) {
                let message = format!("the example does not fit its schema: {error}");
                let place = format!("{place}{}", error.instance_path());
                findings.push(Finding::new(
                    "example",
                    place,
                    message,
                    "correct the example or the schema",
                ));
            }
        }
        Err(error) => {
            let message = format!("the schema of this example is none: {error}");
            findings.push(Finding::new(
                "example",
                place,
                message,
                "correct the schema",
            ));
        }
    }
}
