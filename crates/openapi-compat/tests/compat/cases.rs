//! Pairs of documents whose truth was set by value-set inclusion, independent of any tool.

use openapi_compat::{Class, Comparison, compare};
use openapi_document::Source;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Case {
    name: String,
    base: Value,
    revision: Value,
    truth: String,
}

/// Verdicts that differ from the truth of a case, and why that is right.
const DISAGREEMENTS: &[(&str, &str, &str)] = &[
    (
        "eq-rename-component",
        "sdk",
        "the wire is the same, as the truth says, but generated code names a type after the component",
    ),
    (
        "eq-nullable-via-allof",
        "sdk",
        "the case also renames the component T to U: the wire is the same, a generated type is not",
    ),
];

fn cases() -> Vec<Case> {
    let text = include_str!("../cases/cases.jsonl");
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn judge(case: &Case) -> Comparison {
    let read = |name: &str, value: &Value| Source::parse(name, value.to_string()).unwrap();
    compare(
        &read("base.json", &case.base),
        &read("revision.json", &case.revision),
    )
    .unwrap()
}

#[test]
fn the_verdicts_are_true() {
    let mut wrong = Vec::new();
    for case in cases() {
        let comparison = judge(&case);
        let verdict = comparison.verdict.map_or("none", Class::as_str);
        let fits = match case.truth.as_str() {
            "breaking" => verdict == "breaking",
            "sdk" => verdict == "sdk",
            "none" => matches!(verdict, "none" | "docs"),
            _ => matches!(verdict, "compatible" | "sdk" | "docs" | "none"),
        };
        // The reason is for readers; a disagreement that is gone must go from the list.
        let known = DISAGREEMENTS
            .iter()
            .any(|(name, said, _)| *name == case.name && *said == verdict);
        if !fits && !known {
            let findings: Vec<String> = comparison
                .findings
                .iter()
                .map(|finding| {
                    format!(
                        "\n    {} {}: {}",
                        finding.class, finding.id, finding.message
                    )
                })
                .collect();
            wrong.push(format!(
                "{}: {} but {verdict}{}",
                case.name,
                case.truth,
                findings.concat()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
