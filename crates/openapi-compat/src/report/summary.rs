//! What reports for people share: counts, labels and advice.

use super::Report;
use crate::finding::{Class, Direction, Finding};

/// What can be done about a finding.
pub(super) fn advice(finding: &Finding) -> Option<&'static str> {
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

/// What a witness is an example of.
pub(super) fn witness_label(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "worked before",
        Direction::Response => "can come now",
        Direction::None => "example",
    }
}

/// How many findings there are of each class, and how many do not count.
pub(super) fn counts(report: &Report<'_>) -> String {
    let findings = &report.judged.comparison.findings;
    let classes = [
        Class::Breaking,
        Class::Unknown,
        Class::Sdk,
        Class::Compatible,
        Class::Docs,
    ];
    let counts = classes.map(|class| {
        let all = findings.iter().filter(|finding| finding.class == class);
        (all.count(), class.as_str())
    });
    let others = [
        (report.judged.accepted.len(), "accepted"),
        (report.left_out, "left out by settings"),
    ];
    let said: Vec<String> = counts
        .into_iter()
        .chain(others)
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    match said.is_empty() {
        true => "no changes".to_owned(),
        false => said.join(", "),
    }
}
