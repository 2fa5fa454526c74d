//! The report as Markdown, for a pull request.

use std::collections::BTreeSet;

use super::Report;
use super::summary::{advice, counts, witness_label};
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
        for finding in &findings {
            out.push_str(&format!(
                "| `{}`<br>`{}` | {}:{} | {} | {} |\n",
                finding.id,
                finding.fingerprint,
                escape(&finding.revision.file),
                finding.revision.line,
                operations(finding),
                what_happens(finding)
            ));
        }
        out.push('\n');
        let advices: BTreeSet<&str> = findings
            .iter()
            .filter_map(|finding| advice(finding))
            .collect();
        for advice in advices {
            out.push_str(&format!("- To do: {advice}.\n"));
        }
        out.push('\n');
    }
    out.push_str(&format!("{}.\n", counts(report)));
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

/// The message, and the value that proves it.
fn what_happens(finding: &Finding) -> String {
    let message = escape(&finding.message);
    match &finding.witness {
        Some(witness) => {
            let label = witness_label(finding.direction);
            format!("{message}<br>{label}: {}", code(&witness.to_string()))
        }
        None => message,
    }
}

/// A text as code, with as many backticks around it as it needs.
fn code(text: &str) -> String {
    let runs = text.split(|sign| sign != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let space = if fence.len() > 1 { " " } else { "" };
    let text = text.replace('|', "\\|").replace(['\n', '\r'], " ");
    format!("{fence}{space}{text}{space}{fence}")
}

/// What a table's cell and HTML would take for markup. Entities mean nothing inside of code.
fn escape(text: &str) -> String {
    let mut is_code = false;
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '`' => {
                is_code = !is_code;
                out.push(sign);
            }
            '|' => out.push_str("\\|"),
            '<' if !is_code => out.push_str("&lt;"),
            '\n' | '\r' => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}
