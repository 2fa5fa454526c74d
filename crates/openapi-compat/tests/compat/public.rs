//! Pairs of documents made from public bug reports of diff tools. Their truth was written before
//! any tool was run: `breaking` if a client that kept to the base breaks, else `compatible`.

use openapi_compat::Class;
use serde::Deserialize;
use serde_json::Value;

use crate::documents::{diff, shown};

#[derive(Deserialize)]
struct Case {
    name: String,
    source: String,
    base: Value,
    revision: Value,
    truth: String,
    why: String,
}

#[test]
fn the_verdicts_on_public_bug_reports_are_true() {
    let mut wrong = Vec::new();
    for line in include_str!("../cases/public.jsonl").lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let comparison = diff(&case.base, &case.revision);
        let fits = match case.truth.as_str() {
            "breaking" => comparison.verdict == Some(Class::Breaking),
            _ => comparison
                .verdict
                .is_none_or(|worst| worst > Class::Unknown),
        };
        if !fits {
            wrong.push(format!(
                "{} ({}): {} since {}\n{}",
                case.name,
                case.source,
                case.truth,
                case.why,
                shown(&comparison.findings)
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
