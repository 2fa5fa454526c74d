//! The changes as a changelog in Markdown: by operation, for those who use the API.

use super::Report;
use super::grouped::{grouped, reached, versions};
use super::markdown::{code, escape};
use super::summary::witness_label;
use crate::finding::{Class, Finding};

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = match versions(report) {
        Some(versions) => format!("# API changes: {}\n\n", escape(&versions)),
        None => "# API changes\n\n".to_owned(),
    };
    let groups = grouped(report);
    if groups.is_empty() {
        out.push_str("No changes.\n");
    }
    for (subject, findings) in groups {
        out.push_str(&format!("## {}\n\n", escape(&subject.title())));
        for finding in findings {
            entry(&mut out, finding);
        }
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn entry(out: &mut String, finding: &Finding) {
    let mark = match finding.class {
        Class::Breaking => "**Breaking:** ",
        Class::Unknown => "**May break:** ",
        Class::Sdk => "**Generated code:** ",
        Class::Compatible | Class::Docs => "",
    };
    out.push_str(&format!("- {mark}{}", escape(&finding.message)));
    if let Some(witness) = &finding.witness {
        let label = witness_label(finding.direction);
        out.push_str(&format!(" ({label}: {})", code(&witness.to_string())));
    }
    if let Some(reached) = reached(finding) {
        out.push_str(&format!(" — {}", escape(&reached)));
    }
    out.push('\n');
}
