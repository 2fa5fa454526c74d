//! SARIF 2.1.0, which code scanning reads.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Report;
use crate::finding::{Class, Finding, Place};

pub(super) fn render(report: &Report<'_>) -> String {
    let findings = &report.judged.comparison.findings;
    let ids: BTreeSet<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
    let rules: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result(report, finding))
        .collect();
    let notifications: Vec<Value> = report
        .problems
        .iter()
        .map(|problem| json!({"level": "error", "message": {"text": problem}}))
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "openapi-compat",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn result(report: &Report<'_>, finding: &Finding) -> Value {
    let level = match finding.class {
        Class::Breaking => "error",
        Class::Unknown | Class::Sdk => "warning",
        Class::Compatible | Class::Docs => "note",
    };
    let mut text = finding.message.clone();
    if !finding.operations.is_empty() {
        text.push_str(&format!(" (reaches {})", finding.operations.join(", ")));
    }
    json!({
        "ruleId": finding.id,
        "level": level,
        "message": {"text": text},
        "locations": [location(report.revision.name(), &finding.revision)],
        "relatedLocations": [location(report.base.name(), &finding.base)],
        "partialFingerprints": {"openapiCompat/v1": finding.fingerprint},
    })
}

fn location(name: &str, place: &Place) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": name.replace('\\', "/")},
        "region": {"startLine": place.line, "startColumn": place.column},
    }})
}
