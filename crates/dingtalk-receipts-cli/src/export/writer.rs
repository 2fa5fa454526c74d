//! What an export writes: a message a line, or a reader a row.

use std::io::{self, Write};

use dingtalk_receipts::{Error, Reader, Receipts, SendStatus};
use serde::Serialize;

use crate::args::ExportFormat;
use crate::failure::Exit;
use crate::messages::Row;
use crate::print::io_error;

/// The columns of CSV.
const COLUMNS: [&str; 8] = [
    "processQueryKey",
    "openConversationId",
    "robotCode",
    "sendStatus",
    "userId",
    "unionId",
    "complete",
    "error",
];

/// Writes answers as they come.
pub(crate) enum Writer<'a> {
    Ndjson(&'a mut dyn Write),
    Csv(Box<csv::Writer<&'a mut dyn Write>>),
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
    /// A writer that has written what comes before the first answer.
    pub(crate) fn begin(format: ExportFormat, out: &'a mut dyn Write) -> io::Result<Self> {
        match format {
            ExportFormat::Ndjson => Ok(Self::Ndjson(out)),
            ExportFormat::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                csv.write_record(COLUMNS).map_err(io_error)?;
                csv.flush()?;
                Ok(Self::Csv(Box::new(csv)))
            }
        }
    }

    /// Writes an answer: the readers, or those that came before the error.
    pub(crate) fn answer(&mut self, row: &Row, answer: &Result<Receipts, Error>) -> io::Result<()> {
        let nothing = Receipts::default();
        let (receipts, error) = match answer {
            Ok(receipts) => (receipts, None),
            Err(error) => (error.partial().unwrap_or(&nothing), Some(error)),
        };
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
                };
                serde_json::to_writer(&mut *out, &record)?;
                out.write_all(b"\n")?;
                out.flush()
            }
            Self::Csv(csv) => {
                let nobody = [Reader::new(None, None)];
                let readers = match receipts.readers.as_slice() {
                    [] => nobody.as_slice(),
                    readers => readers,
                };
                let error = error.map(ToString::to_string).unwrap_or_default();
                for reader in readers {
                    csv.write_record([
                        row.process_query_key.as_str(),
                        row.open_conversation_id.as_deref().unwrap_or_default(),
                        row.robot_code.as_deref().unwrap_or_default(),
                        receipts
                            .send_status
                            .as_ref()
                            .map(|status| status.as_str())
                            .unwrap_or_default(),
                        reader.user_id.as_deref().unwrap_or_default(),
                        reader.union_id.as_deref().unwrap_or_default(),
                        if receipts.complete { "true" } else { "false" },
                        &error,
                    ])
                    .map_err(io_error)?;
                }
                csv.flush()
            }
        }
    }
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
