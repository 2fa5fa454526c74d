//! GitHub's workflow commands: an annotation at the line of the revision that changed.

use super::Report;
use crate::finding::Class;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.judged.comparison.findings.iter() {
        let level = match finding.class {
            Class::Breaking => "error",
            Class::Unknown | Class::Sdk => "warning",
            Class::Compatible | Class::Docs => "notice",
        };
        out.push_str(&format!(
            "::{level} file={},line={},col={},title={}::{}\n",
            property(&finding.revision.file),
            finding.revision.line,
            finding.revision.column,
            property(&format!("{} ({})", finding.id, finding.class)),
            data(&finding.message)
        ));
    }
    for problem in report.problems {
        out.push_str(&format!("::error::{}\n", data(problem)));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
