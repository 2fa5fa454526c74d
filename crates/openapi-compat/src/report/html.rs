//! The report as one HTML page that needs nothing else: by operation, with both sides of the
//! source.

use std::fmt::Write as _;

use openapi_document::Source;

use super::Report;
use super::excerpt::lines;
use super::grouped::{grouped, reached, versions};
use super::summary::{advice, counts, witness_label};
use crate::finding::{Class, Finding, Place};

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
h2{border-bottom:1px solid var(--line);padding-bottom:.2rem;overflow-wrap:anywhere}\
article{border:1px solid var(--line);border-left-width:.4rem;border-radius:.3rem;margin:1rem 0;padding:.5rem 1rem}\
.breaking{border-left-color:#d33}.unknown{border-left-color:#e90}.sdk{border-left-color:#86c}\
.compatible{border-left-color:#393}.docs{border-left-color:#888}\
pre{overflow-x:auto;margin:.3rem 0}code,pre{font:14px/1.4 ui-monospace,monospace}\
p{margin:.4rem 0;overflow-wrap:anywhere}small{opacity:.8}";

pub(super) fn render(report: &Report<'_>) -> String {
    let title = match versions(report) {
        Some(versions) => format!("API changes: {}", escape(&versions)),
        None => "API changes".to_owned(),
    };
    let mut out = begin(&title);
    body(&mut out, report);
    out.push_str("</body>\n</html>\n");
    out
}

/// One page for several documents, with what is said of no single one first.
pub(super) fn page(documents: &[(&str, Report<'_>)], said: &[String]) -> String {
    let mut out = begin("API changes");
    for sentence in said {
        push(
            &mut out,
            format_args!("<p><strong>{}</strong></p>\n", escape(sentence)),
        );
    }
    for (name, report) in documents {
        push(&mut out, format_args!("<h1>{}</h1>\n", escape(name)));
        body(&mut out, report);
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// The beginning of a page; the title is HTML.
fn begin(title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
}

fn body(out: &mut String, report: &Report<'_>) {
    push(out, format_args!("<p>{}</p>\n", escape(&counts(report))));
    for problem in report.problems {
        push(
            out,
            format_args!("<p><strong>{}</strong></p>\n", escape(problem)),
        );
    }
    for (subject, findings) in grouped(report) {
        push(
            out,
            format_args!("<section>\n<h2>{}</h2>\n", escape(&subject.title())),
        );
        for finding in findings {
            article(out, report, finding);
        }
        out.push_str("</section>\n");
    }
}

fn article(out: &mut String, report: &Report<'_>, finding: &Finding) {
    let class = finding.class;
    let (id, print) = (escape(&finding.id), &finding.fingerprint);
    push(
        out,
        format_args!(
            "<article class=\"{class}\" id=\"{print}\">\n<p><strong>{class}</strong> {}</p>\n",
            prose(&finding.message)
        ),
    );
    if let Some(reached) = reached(finding) {
        push(out, format_args!("<p>{}</p>\n", escape(&reached)));
    }
    if class != Class::Docs {
        excerpt(out, '-', report.base, &finding.base);
    }
    excerpt(out, '+', report.revision, &finding.revision);
    if let Some(witness) = &finding.witness {
        let label = witness_label(finding.direction);
        let witness = escape(&witness.to_string());
        push(
            out,
            format_args!("<p>{label}: <code>{witness}</code></p>\n"),
        );
    }
    if let Some(advice) = advice(finding) {
        push(out, format_args!("<p>To do: {}</p>\n", escape(advice)));
    }
    push(
        out,
        format_args!("<p><small><code>{id}</code> {print}</small></p>\n</article>\n"),
    );
}

fn excerpt(out: &mut String, sign: char, document: &Source, place: &Place) {
    let (file, line) = (escape(&place.file), place.line);
    push(
        out,
        format_args!("<small>{file}:{line}:{}</small>\n<pre>", place.column),
    );
    for (number, line) in lines(document, place, 200) {
        push(out, format_args!("{number:>5} {sign} {}\n", escape(&line)));
    }
    out.push_str("</pre>\n");
}

/// Text whose backticks are code.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let even = text.matches('`').count().is_multiple_of(2);
    parts
        .map(|(index, part)| match index % 2 == 1 && even {
            true => format!("<code>{}</code>", escape(part)),
            false => escape(part),
        })
        .collect()
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(text);
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
