//! The report for a person: grouped by operation, with both sides of the source, the witness, and
//! what to do.

use std::collections::BTreeMap;

use openapi_document::Source;

use super::{Report, count};
use crate::finding::{Class, Direction, Finding, Place};

const WIDTH: usize = 80;
/// How many lines of each side are shown.
const EXCERPT: usize = 3;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    let comparison = &report.judged.comparison;
    let mut groups: BTreeMap<(Class, String), Vec<&Finding>> = BTreeMap::new();
    for finding in &comparison.findings {
        groups
            .entry((finding.class, heading(finding)))
            .or_default()
            .push(finding);
    }
    for ((class, heading), findings) in groups {
        wrap(
            &mut out,
            &format!("{}: {heading}", class.as_str()),
            "",
            "    ",
        );
        for finding in findings {
            out.push('\n');
            show(&mut out, report, finding);
        }
        out.push('\n');
    }
    for finding in &report.judged.accepted {
        let line = format!("accepted: {} at {}", finding.id, finding.revision.pointer);
        wrap(&mut out, &line, "", "    ");
    }
    for problem in report.problems {
        wrap(&mut out, &format!("problem: {problem}"), "", "    ");
    }
    out.push_str(&summary(report));
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
    wrap(out, &finding.message, "  ", "  ");
    if matches!(finding.class, Class::Docs) {
        return;
    }
    excerpt(out, '-', report.base, &finding.base);
    excerpt(out, '+', report.revision, &finding.revision);
    if let Some(witness) = &finding.witness {
        let text = witness.to_string();
        let label = match finding.direction {
            Direction::Request => "worked before",
            Direction::Response => "can come now",
            Direction::None => "example",
        };
        wrap(out, &format!("{label}: {text}"), "    ", "      ");
    }
    if let Some(advice) = advice(finding) {
        wrap(out, &format!("do: {advice}"), "    ", "      ");
    }
    wrap(
        out,
        &format!("{} [{}]", finding.id, finding.fingerprint),
        "    ",
        "      ",
    );
}

fn excerpt(out: &mut String, sign: char, document: &Source, place: &Place) {
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
        let line = cut(
            line.get(indent.min(line.len())..).unwrap_or(line),
            place.column,
            WIDTH - 14,
        );
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

/// What somebody who changed this can do.
fn advice(finding: &Finding) -> Option<&'static str> {
    Some(match (finding.class, finding.direction) {
        (Class::Breaking, Direction::Request) => {
            "keep accepting what was accepted, offer the change beside it, or accept the break on \
             purpose with this fingerprint"
        }
        (Class::Breaking, _) => {
            "keep to what clients were told to expect, offer the change beside it, or accept the \
             break on purpose with this fingerprint"
        }
        (Class::Unknown, _) if finding.id == "unresolved-reference" => {
            "have it read; if nobody breaks whatever it is, accept it with this fingerprint"
        }
        (Class::Unknown, _) => {
            "look at both sides; if nobody breaks, accept it with this fingerprint"
        }
        (Class::Sdk, _) => "ask for a version that tells those who compile against it",
        (Class::Compatible | Class::Docs, _) => return None,
    })
}

fn summary(report: &Report<'_>) -> String {
    let comparison = &report.judged.comparison;
    let classes = [
        Class::Breaking,
        Class::Unknown,
        Class::Sdk,
        Class::Compatible,
        Class::Docs,
    ];
    let counts: Vec<String> = classes
        .into_iter()
        .filter_map(|class| {
            let all = comparison
                .findings
                .iter()
                .filter(|finding| finding.class == class)
                .count();
            (all > 0).then(|| format!("{all} {class}"))
        })
        .collect();
    match counts.is_empty() {
        true => "no changes\n".to_owned(),
        false => format!("{}\n", counts.join(", ")),
    }
}

/// Appends text in lines of at most 80 columns.
fn wrap(out: &mut String, text: &str, first: &str, rest: &str) {
    let mut line = first.to_owned();
    let mut width = first.len();
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let begins = line.trim().is_empty();
        if !begins && width + 1 + length > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = rest.to_owned();
            width = rest.len();
        } else if !begins {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += length;
    }
    out.push_str(&line);
    out.push('\n');
}
