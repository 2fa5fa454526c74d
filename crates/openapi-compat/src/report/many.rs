//! The reports of several documents as one.

use serde_json::{Value, json};

use super::{Changes, Format, Report, changelog, github, html, json, junit, markdown, sarif, text};

/// Writes the reports of documents, by their names, and what happened to documents as a whole.
pub fn render_all(
    documents: &[(&str, Report<'_>)],
    changes: &Changes<'_>,
    format: Format,
) -> String {
    let each = |render: &dyn Fn(&Report<'_>) -> String| -> Vec<(String, String)> {
        let reports = documents.iter();
        reports
            .map(|(name, report)| ((*name).to_owned(), render(report)))
            .collect()
    };
    match format {
        Format::Text => joined(
            &each(&text::render),
            changes,
            |name| format!("== {name}\n\n"),
            "",
        ),
        Format::Markdown => {
            let heading = |name: &str| format!("# {}\n\n", markdown::escape(name));
            joined(&each(&markdown::render), changes, heading, "- ")
        }
        Format::Changelog => {
            let heading = |name: &str| format!("<!-- {} -->\n\n", name.replace("--", "- -"));
            joined(&each(&changelog::render), changes, heading, "- ")
        }
        Format::Html => {
            let said: Vec<String> = changes.sentences().collect();
            html::page(documents, &said)
        }
        Format::Github => {
            let mut out: String = documents
                .iter()
                .map(|(_, report)| github::render(report))
                .collect();
            for gone in changes.failures() {
                out.push_str(&github::problem(&gone));
            }
            out
        }
        Format::Json => {
            let all: serde_json::Map<String, Value> = documents
                .iter()
                .map(|(name, report)| ((*name).to_owned(), json::document(report)))
                .collect();
            let whole = json!({
                "documents": all,
                "gone": changes.gone,
                "added": changes.added,
                "problems": changes.problems,
            });
            format!("{whole:#}\n")
        }
        Format::Sarif => {
            let mut runs: Vec<Value> = documents
                .iter()
                .map(|(_, report)| sarif::run(report))
                .collect();
            let failures: Vec<String> = changes.failures().collect();
            if !failures.is_empty() {
                runs.push(sarif::problems(&failures));
            }
            sarif::log(&runs)
        }
        Format::Junit => {
            let mut suites: Vec<String> = documents
                .iter()
                .map(|(name, report)| junit::suite(name, report))
                .collect();
            let failures: Vec<String> = changes.failures().collect();
            if !failures.is_empty() {
                suites.push(junit::problems(&failures));
            }
            junit::file(&suites)
        }
    }
}

/// Texts one after the other, each below its heading; those without changes only by name.
fn joined(
    texts: &[(String, String)],
    changes: &Changes<'_>,
    heading: impl Fn(&str) -> String,
    item: &str,
) -> String {
    let mut out = String::new();
    for (name, text) in texts {
        out.push_str(&heading(name));
        out.push_str(text);
        out.push('\n');
    }
    for sentence in changes.sentences() {
        out.push_str(&format!("{item}{sentence}\n"));
    }
    out
}
