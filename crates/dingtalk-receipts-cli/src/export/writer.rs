//! What an export writes: a message a line, or a reader a row.

use std::io::{self, Write};
use std::time::SystemTime;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use dingtalk_receipts::{Answer, Error, Reader, Receipts, SendStatus};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use super::book::Book;
use crate::args::ExportFormat;
use crate::failure::Exit;
use crate::messages::Row;
use crate::print::{io_error, printable, thousands};

/// The columns of CSV, before those of the list.
const COLUMNS: [&str; 9] = [
    "processQueryKey",
    "openConversationId",
    "robotCode",
    "sendStatus",
    "userId",
    "unionId",
    "complete",
    "error",
    "asOf",
];

/// Writes answers as they come.
pub(crate) enum Writer<'a> {
    Ndjson(&'a mut dyn Write),
    Csv(Box<csv::Writer<&'a mut dyn Write>>, &'a [String]),
    Table(&'a mut dyn Write, Box<Table>),
    Workbook(&'a mut dyn Write, Box<Book>, &'a [String]),
}

/// A message and its readers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    process_query_key: &'a str,
    open_conversation_id: Option<&'a str>,
    robot_code: Option<&'a str>,
    send_status: Option<&'a SendStatus>,
    readers: &'a [Reader],
    pages: u64,
    complete: bool,
    error: Option<Problem<'a>>,
    /// When DingTalk answered.
    as_of: String,
    /// What else the list says of the message.
    #[serde(skip_serializing_if = "Map::is_empty")]
    columns: &'a Map<String, Value>,
}

/// Why a message has no readers, or not all.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Problem<'a> {
    error: String,
    kind: &'static str,
    code: Option<&'a str>,
    message: Option<&'a str>,
    request_id: Option<&'a str>,
}

impl<'a> Writer<'a> {
    /// A writer that has written what comes before the first answer. `columns` are the titles of what else the list
    /// says of messages.
    pub(crate) fn begin(
        format: ExportFormat,
        columns: &'a [String],
        out: &'a mut dyn Write,
    ) -> io::Result<Self> {
        match format {
            ExportFormat::Ndjson => Ok(Self::Ndjson(out)),
            ExportFormat::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                let titles = columns.iter().map(String::as_str);
                csv.write_record(COLUMNS.into_iter().chain(titles))
                    .map_err(io_error)?;
                csv.flush()?;
                Ok(Self::Csv(Box::new(csv), columns))
            }
            ExportFormat::Xlsx => {
                let mut book = Book::new();
                let titles = columns.iter().map(String::as_str);
                book.add(&COLUMNS.into_iter().chain(titles).collect::<Vec<_>>())?;
                Ok(Self::Workbook(out, Box::new(book), columns))
            }
            ExportFormat::Table => {
                let mut table = Table::new();
                table
                    .load_style(presets::NOTHING)
                    .set_content_arrangement(ContentArrangement::Dynamic);
                table.set_header(["MESSAGE", "READERS", "STATUS"]);
                if let Some(column) = table.column_mut(0) {
                    column.set_padding((0, 1));
                }
                if let Some(column) = table.column_mut(1) {
                    column.set_cell_alignment(CellAlignment::Right);
                }
                Ok(Self::Table(out, Box::new(table)))
            }
        }
    }

    /// Writes an answer: the readers, or those that came before the error.
    pub(crate) fn answer(&mut self, row: &Row, answer: &Answer) -> io::Result<()> {
        let nothing = Receipts::default();
        let (receipts, error) = match &answer.result {
            Ok(receipts) => (receipts, None),
            Err(error) => (error.partial().unwrap_or(&nothing), Some(error)),
        };
        let as_of = time(answer.at);
        match self {
            Self::Ndjson(out) => {
                let record = Record {
                    process_query_key: &row.process_query_key,
                    open_conversation_id: row.open_conversation_id.as_deref(),
                    robot_code: row.robot_code.as_deref(),
                    send_status: receipts.send_status.as_ref(),
                    readers: &receipts.readers,
                    pages: receipts.pages,
                    complete: receipts.complete,
                    error: error.map(problem),
                    as_of,
                    columns: &row.more,
                };
                serde_json::to_writer(&mut *out, &record)?;
                out.write_all(b"\n")?;
                out.flush()
            }
            Self::Csv(csv, columns) => {
                each_row(row, answer, columns, |cells| {
                    csv.write_record(cells).map_err(io_error)
                })?;
                csv.flush()
            }
            Self::Workbook(_, book, columns) => {
                each_row(row, answer, columns, |cells| book.add(cells))
            }
            Self::Table(_, table) => {
                let readers = u64::try_from(receipts.readers.len()).unwrap_or(u64::MAX);
                let status = match (error, &receipts.send_status) {
                    (Some(error), _) => {
                        let code = error.code().map(|code| code.as_str());
                        format!("failed: {}", code.unwrap_or(error.summary()))
                    }
                    (None, Some(status)) => status.as_str().to_owned(),
                    (None, None) => "-".to_owned(),
                };
                table.add_row([
                    printable(&row.process_query_key).into_owned(),
                    thousands(readers),
                    printable(&status).into_owned(),
                ]);
                Ok(())
            }
        }
    }

    /// Writes what is written when no answer follows.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        match self {
            Self::Ndjson(_) | Self::Csv(..) => Ok(()),
            Self::Table(out, table) => {
                if !table.is_empty() {
                    for line in table.lines() {
                        writeln!(out, "{}", line.trim_end())?;
                    }
                }
                out.flush()
            }
            Self::Workbook(out, book, _) => {
                out.write_all(&book.bytes()?)?;
                out.flush()
            }
        }
    }
}

/// Gives the cells of each row of an answer: one for each reader, or one without.
fn each_row(
    row: &Row,
    answer: &Answer,
    columns: &[String],
    mut write: impl FnMut(&[&str]) -> io::Result<()>,
) -> io::Result<()> {
    let nothing = Receipts::default();
    let (receipts, error) = match &answer.result {
        Ok(receipts) => (receipts, None),
        Err(error) => (error.partial().unwrap_or(&nothing), Some(error)),
    };
    let nobody = [Reader::new(None, None)];
    let readers = match receipts.readers.as_slice() {
        [] => nobody.as_slice(),
        readers => readers,
    };
    let error = error.map(ToString::to_string).unwrap_or_default();
    let status = receipts.send_status.as_ref();
    let as_of = time(answer.at);
    let more: Vec<String> = columns
        .iter()
        .map(|title| row.more.get(title).map(text).unwrap_or_default())
        .collect();
    for reader in readers {
        let cells = [
            row.process_query_key.as_str(),
            row.open_conversation_id.as_deref().unwrap_or_default(),
            row.robot_code.as_deref().unwrap_or_default(),
            status.map(SendStatus::as_str).unwrap_or_default(),
            reader.user_id.as_deref().unwrap_or_default(),
            reader.union_id.as_deref().unwrap_or_default(),
            if receipts.complete { "true" } else { "false" },
            &error,
            &as_of,
        ];
        let cells = cells.into_iter().chain(more.iter().map(String::as_str));
        write(&cells.collect::<Vec<_>>())?;
    }
    Ok(())
}

fn problem(error: &Error) -> Problem<'_> {
    Problem {
        error: error.summary().to_owned(),
        kind: Exit::of(error).word(),
        code: error.code().map(|code| code.as_str()),
        message: error.message(),
        request_id: error.request_id(),
    }
}

/// A value in a cell.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A time in UTC, to the second; empty for one that has no date.
pub(super) fn time(at: SystemTime) -> String {
    let at = Timestamp::try_from(at).ok();
    let second = at.and_then(|at| Timestamp::from_second(at.as_second()).ok());
    second.map(|at| at.to_string()).unwrap_or_default()
}
