//! JUnit's XML: each finding is a test case; breaking and unknown ones failed.

use super::Report;
use crate::finding::Class;

pub(super) fn render(report: &Report<'_>) -> String {
    let findings = &report.judged.comparison.findings;
    let fails = |class| matches!(class, Class::Breaking | Class::Unknown);
    let failures = findings
        .iter()
        .filter(|finding| fails(finding.class))
        .count();
    let problems = report.problems.len();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  \
         <testsuite name=\"openapi-compat\" tests=\"{}\" failures=\"{}\">\n",
        findings.len() + problems,
        failures + problems
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
    for problem in report.problems {
        let message = escape(problem);
        out.push_str(&format!(
            "    <testcase classname=\"openapi-compat\" name=\"rules\">\n      \
             <failure type=\"problem\" message=\"{message}\"/>\n    </testcase>\n"
        ));
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
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
