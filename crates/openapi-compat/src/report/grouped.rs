//! Findings by the operations that they reach, as a changelog has them.

use std::collections::BTreeMap;

use super::Report;
use crate::finding::Finding;

/// What a group of findings is about, in the order of a changelog.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject<'f> {
    /// One operation, as `METHOD /path`: by path, then by method.
    Operation { path: &'f str, method: &'f str },
    /// Several operations at once.
    Shared,
    /// No operation: servers, descriptions, components that nothing uses.
    Document,
}

impl Subject<'_> {
    pub(super) fn title(&self) -> String {
        match self {
            Subject::Operation { path, method } => format!("{method} {path}"),
            Subject::Shared => "Several operations".to_owned(),
            Subject::Document => "The whole document".to_owned(),
        }
    }
}

/// The findings of each subject, the worst first.
pub(super) fn grouped<'r>(report: &Report<'r>) -> BTreeMap<Subject<'r>, Vec<&'r Finding>> {
    let mut groups: BTreeMap<Subject<'r>, Vec<&'r Finding>> = BTreeMap::new();
    for finding in &report.judged.comparison.findings {
        let subject = match finding.operations.as_slice() {
            [] => Subject::Document,
            [only] => {
                let (method, path) = only.split_once(' ').unwrap_or(("", only));
                Subject::Operation { path, method }
            }
            _ => Subject::Shared,
        };
        groups.entry(subject).or_default().push(finding);
    }
    groups
}

/// The operations of a shared finding, the first of them by name.
pub(super) fn reached(finding: &Finding) -> Option<String> {
    const SHOWN: usize = 5;
    if finding.operations.len() < 2 {
        return None;
    }
    let shown: Vec<&str> = finding
        .operations
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect();
    let more = finding.operations.len().saturating_sub(SHOWN);
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("{}{more}", shown.join(", ")))
}

/// From which version to which: "1.0.0 to 1.1.0", or nothing if the documents do not say.
pub(super) fn versions(report: &Report<'_>) -> Option<String> {
    let of = crate::version::version;
    let (old, new) = (of(report.base)?, of(report.revision)?);
    Some(match old == new {
        true => new.to_owned(),
        false => format!("{old} to {new}"),
    })
}
