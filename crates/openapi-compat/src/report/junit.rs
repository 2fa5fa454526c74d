//! JUnit's XML: each finding is a test case; breaking and unknown ones failed.

use super::Report;
use crate::finding::{Class, Finding};

pub(super) fn render(report: &Report<'_>) -> String {
    file(&[suite("openapi-compat", report)])
}

/// A file with the suites of several documents.
pub(super) fn file(suites: &[String]) -> String {
    let suites = suites.concat();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n{suites}</testsuites>\n")
}

pub(super) fn suite(name: &str, report: &Report<'_>) -> String {
    suite_of(name, &report.judged.comparison.findings, report.problems)
}

/// A suite of which there is only what fails.
pub(super) fn problems(problems: &[String]) -> String {
    suite_of("openapi-compat", &[], problems)
}

fn suite_of(name: &str, findings: &[Finding], problems: &[String]) -> String {
    let fails = |class| matches!(class, Class::Breaking | Class::Unknown);
    let failures = findings
        .iter()
        .filter(|finding| fails(finding.class))
        .count();
    let mut out = format!(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
        escape(name),
        findings.len() + problems.len(),
        failures + problems.len()
    );
    for finding in findings {
        let name = escape(&format!("{} {}", finding.id, finding.fingerprint));
        let place = escape(&format!(
            "{}:{}",
            finding.revision.file, finding.revision.line
        ));
        out.push_str(&format!(
            "    <testcase classname=\"{place}\" name=\"{name}\""
        ));
        if fails(finding.class) {
            let message = escape(&finding.message);
            let operations = escape(&finding.operations.join("\n"));
            out.push_str(&format!(
                ">\n      <failure type=\"{}\" message=\"{message}\">{operations}</failure>\n    \
                 </testcase>\n",
                finding.class
            ));
        } else {
            out.push_str("/>\n");
        }
    }
    for problem in problems {
        let message = escape(problem);
        out.push_str(&format!(
            "    <testcase classname=\"openapi-compat\" name=\"rules\">\n      \
             <failure type=\"problem\" message=\"{message}\"/>\n    </testcase>\n"
        ));
    }
    out.push_str("  </testsuite>\n");
    out
}

/// XML knows no control characters, not even escaped; the signs of markup are escaped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            sign if sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}
