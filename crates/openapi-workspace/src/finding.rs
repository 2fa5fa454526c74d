//! Writes findings, for people and as annotations of a GitHub workflow.

use std::io::{self, Write};
use std::path::Path;

use openapi_document::{Location, Source};
use openapi_lint::{Finding, Level};

use crate::cli::Format;
use crate::output::{BAD, FAINT, Output, STRONG, WARNING};

/// Writes findings about a document in the order in which they stand in it.
pub(crate) fn write_all(
    findings: &[Finding],
    source: &Source,
    out: &mut Output<'_>,
) -> io::Result<()> {
    let pointers: Vec<&str> = findings.iter().map(|it| it.pointer.as_str()).collect();
    let locations = source.locate_nearest_all(&pointers);
    let mut located: Vec<_> = locations.into_iter().zip(findings).collect();
    located.sort_by_key(|(location, finding)| (*location, finding.rule));
    for (location, finding) in located {
        match out.format {
            Format::Human => write_human(finding, location, source, out)?,
            Format::Github => annotate(
                word(finding.level),
                Path::new(source.name()),
                Some(location),
                finding.rule,
                &format!(
                    "{} (#{}): {}",
                    finding.message, finding.pointer, finding.help
                ),
                out,
            )?,
        }
    }
    Ok(())
}

fn write_human(
    finding: &Finding,
    Location { line, column }: Location,
    source: &Source,
    out: &mut Output<'_>,
) -> io::Result<()> {
    let Finding {
        rule,
        pointer,
        message,
        help,
        level,
        ..
    } = finding;
    let word = word(*level);
    let style = match level {
        Level::Error => BAD,
        _ => WARNING,
    };
    let name = source.name();
    writeln!(
        out,
        "{style}{word}[{rule}]{style:#}{STRONG}: {message}{STRONG:#}"
    )?;
    writeln!(
        out,
        "  {FAINT}at{FAINT:#}   {name}:{line}:{column} {FAINT}#{pointer}{FAINT:#}"
    )?;
    if let Some(text) = source.line(line) {
        // A line of a minified document would fill the screen.
        let text: String = text.trim_start().chars().take(100).collect();
        writeln!(out, "       {FAINT}{text}{FAINT:#}")?;
    }
    writeln!(out, "  {FAINT}help{FAINT:#} {help}")
}

/// Writes a finding about a file that is no OpenAPI document; the message says how to mend it.
pub(crate) fn write_plain(
    rule: &str,
    name: &str,
    location: Location,
    message: &str,
    out: &mut Output<'_>,
) -> io::Result<()> {
    match out.format {
        Format::Human => {
            let Location { line, column } = location;
            writeln!(
                out,
                "{BAD}error[{rule}]{BAD:#}{STRONG}: {message}{STRONG:#}"
            )?;
            writeln!(out, "  {FAINT}at{FAINT:#}   {name}:{line}:{column}")
        }
        Format::Github => annotate("error", Path::new(name), Some(location), rule, message, out),
    }
}

/// The level as people and GitHub's workflows name it.
fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        _ => "warning",
    }
}

/// An annotation of a GitHub workflow.
pub(crate) fn annotate(
    level: &str,
    file: &Path,
    location: Option<Location>,
    title: &str,
    message: &str,
    out: &mut Output<'_>,
) -> io::Result<()> {
    let place = location
        .map(|Location { line, column }| format!(",line={line},col={column}"))
        .unwrap_or_default();
    let message = message
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    writeln!(
        out,
        "::{level} file={}{place},title={title}::{message}",
        file.display()
    )
}
