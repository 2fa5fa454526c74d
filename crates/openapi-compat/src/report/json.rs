//! The report for programs.

use serde_json::json;

use super::Report;

pub(super) fn render(report: &Report<'_>) -> String {
    let judged = report.judged;
    let document = json!({
        "base": report.base.name(),
        "revision": report.revision.name(),
        "verdict": judged.comparison.verdict.map_or("none", |class| class.as_str()),
        "findings": judged.comparison.findings,
        "accepted": judged.accepted,
        "problems": report.problems,
        "left_out": report.left_out,
    });
    format!("{document:#}\n")
}
