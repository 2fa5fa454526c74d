//! The report for a person: grouped by operation, with both sides of the source, the witness, and
//! what to do.

use std::collections::BTreeMap;

use openapi_document::Source;

use super::summary::{advice, counts, witness_label};
use super::wrap::wrap;
use super::{Report, count};
use crate::finding::{Class, Finding, Place};

/// How many lines of each side are shown.
const EXCERPT: usize = 3;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    let comparison = &report.judged.comparison;
    let width = report.width;
    let mut groups: BTreeMap<(Class, String), Vec<&Finding>> = BTreeMap::new();
    for finding in &comparison.findings {
        groups
            .entry((finding.class, heading(finding)))
            .or_default()
            .push(finding);
    }
    for ((class, heading), findings) in groups {
        let heading = format!("{}: {heading}", class.as_str());
        wrap(&mut out, width, &heading, "", "    ");
        for finding in findings {
            out.push('\n');
            show(&mut out, report, finding);
        }
        out.push('\n');
    }
    for finding in &report.judged.accepted {
        let line = format!("accepted: {} at {}", finding.id, finding.revision.pointer);
        wrap(&mut out, width, &line, "", "    ");
    }
    for problem in report.problems {
        wrap(&mut out, width, &format!("problem: {problem}"), "", "    ");
    }
    wrap(&mut out, width, &counts(report), "", "    ");
    out
}

/// The operation that a finding is about; of one that reaches several, the place they share.
fn heading(finding: &Finding) -> String {
    match finding.operations.as_slice() {
        [] => "the whole document".to_owned(),
        [only] => only.clone(),
        many => format!(
            "{}, shared by {}",
            many.join(", "),
            count(many.len(), "operation")
        ),
    }
}

fn show(out: &mut String, report: &Report<'_>, finding: &Finding) {
    let width = report.width;
    wrap(out, width, &finding.message, "  ", "  ");
    if finding.class == Class::Docs {
        let Place {
            file, line, column, ..
        } = &finding.revision;
        out.push_str(&format!("    {file}:{line}:{column}\n"));
        return;
    }
    excerpt(out, width, '-', report.base, &finding.base);
    excerpt(out, width, '+', report.revision, &finding.revision);
    if let Some(witness) = &finding.witness {
        let text = format!("{}: {witness}", witness_label(finding.direction));
        wrap(out, width, &text, "    ", "      ");
    }
    if let Some(advice) = advice(finding) {
        wrap(out, width, &format!("do: {advice}"), "    ", "      ");
    }
    let name = format!("{} [{}]", finding.id, finding.fingerprint);
    wrap(out, width, &name, "    ", "      ");
}

fn excerpt(out: &mut String, width: usize, sign: char, document: &Source, place: &Place) {
    let (source, _) = document.origin(&place.pointer);
    out.push_str(&format!(
        "    {}:{}:{}\n",
        place.file, place.line, place.column
    ));
    let first = source.line(place.line).unwrap_or_default();
    let indent = indentation(first);
    for number in place.line..place.line + EXCERPT {
        let Some(line) = source.line(number) else {
            break;
        };
        let inside = number == place.line || indentation(line) > indent;
        if !inside || line.trim().is_empty() {
            break;
        }
        let line = line.get(indent.min(line.len())..).unwrap_or(line);
        // The column counts from the beginning of the line, which is not shown.
        let column = place.column.saturating_sub(indent);
        let line = cut(line, column, width.saturating_sub(14));
        out.push_str(&format!("    {number:>5} {sign} {line}\n"));
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// At most `width` characters of a line: of a long one, those around the column.
fn cut(line: &str, column: usize, width: usize) -> String {
    let length = line.chars().count();
    if length <= width {
        return line.to_owned();
    }
    let start = if column > width {
        column.saturating_sub(10).min(length - width)
    } else {
        0
    };
    line.chars().skip(start).take(width).collect()
}
