//! The error on standard error: as text for a person, or as one JSON object.

use std::error::Error as _;
use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};
use dingtalk_receipts::{Cursor, Error, Sent};
use serde::Serialize;

use crate::advice::{LOOK_FIRST, what_to_do};
use crate::args::ErrorFormat;
use crate::export::Cause;
use crate::failure::{Exit, Failure, Unfinished};
use crate::print::{printable, thousands};
use crate::resume::{CommandLine, width};

/// Everything that can be said of a failure.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    /// What happened, in a few words.
    error: String,
    kind: &'static str,
    exit_code: u8,
    /// DingTalk's error code.
    code: Option<String>,
    /// DingTalk's words.
    message: Option<String>,
    /// The HTTP status.
    status: Option<u16>,
    request_id: Option<String>,
    /// What the code means.
    meaning: Option<String>,
    what_to_do: Option<String>,
    required_scopes: Vec<String>,
    attempts: u32,
    elapsed_seconds: f64,
    /// Whether the last request reached DingTalk: `no`, `maybe` or `yes`.
    sent: Option<&'static str>,
    retry_after_seconds: Option<f64>,
    body_snippet: Option<String>,
    causes: Vec<String>,
    cursor: Option<String>,
    resume_command: Option<String>,
    /// What failed in a run over many messages, by cause.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<Cause>,
    #[serde(skip)]
    resume_text: Option<String>,
    /// Whether a person is told only what happened, how often, and what to do: the rest is in the text.
    #[serde(skip)]
    brief: bool,
}

/// Writes what is to be said of `failure`.
pub(crate) fn report(
    failure: &Failure,
    format: ErrorFormat,
    line: &CommandLine,
    out: &mut dyn Write,
) -> io::Result<()> {
    if matches!(failure, Failure::ClosedPipe) {
        return Ok(());
    }
    let report = Report::of(failure, line);
    match format {
        ErrorFormat::Text => report.text(out)?,
        ErrorFormat::Json => {
            serde_json::to_writer(&mut *out, &report)?;
            writeln!(out)?;
        }
    }
    out.flush()
}

impl Report {
    fn of(failure: &Failure, line: &CommandLine) -> Self {
        let exit = failure.exit();
        let report = Self {
            kind: exit.word(),
            exit_code: exit as u8,
            ..Self::default()
        };
        match failure {
            Failure::Usage(text) => Self {
                error: text.clone(),
                what_to_do: Some(see(line)),
                ..report
            },
            Failure::Local { what, cause } => Self {
                error: what.clone(),
                causes: vec![cause.to_string()],
                ..report
            },
            Failure::Call(error) => report.of_call(error, exit, line),
            Failure::Interrupted(cursor) => Self {
                error: "interrupted".to_owned(),
                ..report
            }
            .going_on(cursor.as_ref(), line, true),
            Failure::InterruptedSending => Self {
                error: "interrupted while the message was sent".to_owned(),
                what_to_do: Some(LOOK_FIRST.to_owned()),
                ..report
            },
            Failure::NotRecalled { failed, all } => Self {
                error: format!("{failed} of {all} messages were not recalled"),
                kind: "incomplete",
                what_to_do: Some(
                    "Run the same command again: to recall a message again does no harm."
                        .to_owned(),
                ),
                ..report
            },
            Failure::Unfinished(end) => report.of_many(end, line),
            Failure::Unread { unread, expected } => Self {
                error: format!(
                    "{} of {} not read the message",
                    thousands(u64::try_from(*unread).unwrap_or(u64::MAX)),
                    match expected {
                        1 => "1 person has".to_owned(),
                        _ => format!(
                            "{} people have",
                            thousands(u64::try_from(*expected).unwrap_or(u64::MAX))
                        ),
                    }
                ),
                ..report
            },
            Failure::ClosedPipe => report,
        }
    }

    fn of_call(self, error: &Error, exit: Exit, line: &CommandLine) -> Self {
        let report = Self {
            error: error.summary().to_owned(),
            code: error.code().map(|code| code.as_str().to_owned()),
            message: error.message().map(str::to_owned),
            status: error.status(),
            request_id: error.request_id().map(str::to_owned),
            meaning: Some(error.meaning())
                .filter(|text| !text.is_empty())
                .map(str::to_owned),
            what_to_do: Some(match exit {
                Exit::Usage => see(line),
                _ => what_to_do(error, exit),
            }),
            required_scopes: error.required_scopes().to_vec(),
            attempts: error.attempts(),
            elapsed_seconds: error.elapsed().as_secs_f64(),
            sent: (error.attempts() > 0).then(|| match error.was_sent() {
                Sent::No => "no",
                Sent::Maybe => "maybe",
                Sent::Yes => "yes",
            }),
            retry_after_seconds: error.retry_after().map(|pause| pause.as_secs_f64()),
            body_snippet: error.body_snippet().map(str::to_owned),
            causes: causes(error),
            ..self
        };
        let cursor = error.resume_cursor().map(|cursor| match &report.code {
            Some(code) if code.eq_ignore_ascii_case("invalidParameter.cursor.invalid") => {
                cursor.from_first_page()
            }
            _ => cursor.clone(),
        });
        // The first page failed: there is nothing to go on with but the same command.
        let worth_it = error
            .resume_cursor()
            .is_some_and(|cursor| cursor.pages_done() > 0);
        report.going_on(cursor.as_ref(), line, worth_it)
    }

    /// Of a run over many messages: what is known of the failure, too, but not how one message would go on.
    fn of_many(self, end: &Unfinished, line: &CommandLine) -> Self {
        let first = end
            .first
            .as_ref()
            .and_then(|answer| answer.result.as_ref().err());
        let known = match first {
            Some(error) => Self::default().of_call(error, end.exit, line),
            None => Self::default(),
        };
        Self {
            error: end.text.clone(),
            kind: self.kind,
            exit_code: self.exit_code,
            what_to_do: Some(end.advice.clone()),
            cursor: None,
            resume_command: None,
            resume_text: None,
            failures: end.causes.clone(),
            brief: !end.in_full,
            ..known
        }
    }

    fn going_on(mut self, cursor: Option<&Cursor>, line: &CommandLine, say_it: bool) -> Self {
        let Some(cursor) = cursor else { return self };
        self.cursor = Some(cursor.to_string());
        self.resume_command = line.resume(cursor);
        self.resume_text = line.resume_text(cursor, false).filter(|_| say_it);
        self
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        wrapped(
            out,
            1,
            [["error:".to_owned(), printable(&self.error).into_owned()]],
        )?;
        let (code, status) = match (&self.code, self.status) {
            (Some(code), Some(status)) => (Some(format!("{code} (HTTP {status})")), None),
            (code, status) => (code.clone(), status.map(|status| format!("HTTP {status}"))),
        };
        let tried = (self.attempts > 1)
            .then(|| format!("{} times in {:.1} s", self.attempts, self.elapsed_seconds));
        let wait = self
            .retry_after_seconds
            .map(|seconds| format!("{seconds} s, says DingTalk"));
        let body = self
            .body_snippet
            .clone()
            .filter(|_| self.exit_code == Exit::Unexpected as u8);
        let cause = Some(self.causes.join(": "));
        let failures = (self.failures.len() > 1).then(|| {
            let texts = self.failures.iter().map(Cause::text);
            texts.collect::<Vec<_>>().join("; ")
        });
        let rows = [
            ("failed", failures),
            ("code", code),
            ("status", status),
            ("message", self.message.clone()),
            ("request id", self.request_id.clone()),
            ("meaning", self.meaning.clone()),
            ("answer", body),
            ("cause", cause),
            ("tried", tried),
            ("wait", wait),
            ("what to do", self.what_to_do.clone()),
        ];
        let rows = rows.into_iter().filter_map(|(name, text)| {
            let is_told = !self.brief || matches!(name, "failed" | "what to do");
            let text = text.filter(|text| is_told && !text.is_empty())?;
            Some([format!("  {name}"), printable(&text).into_owned()])
        });
        wrapped(out, 2, rows)?;
        match &self.resume_text {
            Some(text) => writeln!(out, "\n{text}"),
            None => Ok(()),
        }
    }
}

fn see(line: &CommandLine) -> String {
    format!("See {}.", line.help())
}

/// A text, no wider than a small terminal.
pub(crate) fn write_wrapped(out: &mut dyn Write, text: &str) -> io::Result<()> {
    wrapped(out, 0, [[printable(text).into_owned()]])
}

/// Columns that together are no wider than a small terminal. The gap is after the first of two.
fn wrapped<const COLUMNS: usize>(
    out: &mut dyn Write,
    gap: u16,
    rows: impl IntoIterator<Item = [String; COLUMNS]>,
) -> io::Result<()> {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width());
    table.add_rows(rows);
    if let Some(column) = table.column_mut(0) {
        column.set_padding((0, gap));
    }
    if let Some(column) = table.column_mut(1) {
        column.set_padding((0, 0));
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// What the sources of an error say, from the nearest to the first.
fn causes(error: &Error) -> Vec<String> {
    let mut texts = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if texts.last() != Some(&text) {
            texts.push(text);
        }
        cause = error.source();
    }
    texts
}
