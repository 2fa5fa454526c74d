//! The report as Markdown, for a pull request.

use super::{Report, count};
use crate::finding::{Class, Finding};

const CLASSES: [(Class, &str); 5] = [
    (Class::Breaking, "Breaking"),
    (Class::Unknown, "Unknown: could not be decided"),
    (Class::Sdk, "Generated code changes"),
    (Class::Compatible, "Compatible"),
    (Class::Docs, "Documentation"),
];

pub(super) fn render(report: &Report<'_>) -> String {
    let comparison = &report.judged.comparison;
    let verdict = comparison.verdict.map_or("none", Class::as_str);
    let mut out = format!("## API changes: {verdict}\n\n");
    for problem in report.problems {
        out.push_str(&format!("> **{}**\n\n", escape(problem)));
    }
    for (class, title) in CLASSES {
        let findings: Vec<&Finding> = comparison
            .findings
            .iter()
            .filter(|finding| finding.class == class)
            .collect();
        if findings.is_empty() {
            continue;
        }
        out.push_str(&format!("### {title} ({})\n\n", findings.len()));
        out.push_str("| Change | Where | Operations | What happens |\n|---|---|---|---|\n");
        for finding in findings {
            out.push_str(&format!(
                "| `{}` | {}:{} | {} | {} |\n",
                finding.id,
                escape(&finding.revision.file),
                finding.revision.line,
                operations(finding),
                escape(&finding.message)
            ));
        }
        out.push('\n');
    }
    if !report.judged.accepted.is_empty() {
        out.push_str(&format!(
            "{} accepted.\n",
            count(report.judged.accepted.len(), "finding")
        ));
    }
    out
}

fn operations(finding: &Finding) -> String {
    let shown: Vec<String> = finding
        .operations
        .iter()
        .take(3)
        .map(|one| format!("`{}`", escape(one)))
        .collect();
    let more = finding.operations.len().saturating_sub(3);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{}{more}", shown.join(", "))
}

/// What a table's cell and HTML would take for markup.
fn escape(text: &str) -> String {
    text.replace('|', "\\|")
        .replace('<', "&lt;")
        .replace(['\n', '\r'], " ")
}
