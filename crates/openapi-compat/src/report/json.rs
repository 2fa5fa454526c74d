//! The report for programs.

use serde_json::{Value, json};

use super::Report;

pub(super) fn render(report: &Report<'_>) -> String {
    format!("{:#}\n", document(report))
}

pub(super) fn document(report: &Report<'_>) -> Value {
    let judged = report.judged;
    json!({
        "base": report.base.name(),
        "revision": report.revision.name(),
        "verdict": judged.comparison.verdict.map_or("none", |class| class.as_str()),
        "findings": judged.comparison.findings,
        "accepted": judged.accepted,
        "problems": report.problems,
        "left_out": report.left_out,
    })
}
