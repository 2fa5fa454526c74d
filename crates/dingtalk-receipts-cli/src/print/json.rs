//! One JSON object: `{"sendStatus", "readers": [{"userId", "unionId"}], "pages", "complete"}`.

use std::io::{self, Write};

use dingtalk_receipts::{Reader, Receipts, SendStatus};
use serde::Serialize;

use super::Printer;

/// The object. Scripts depend on it, so it is not the library's own type, which may grow.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    send_status: Option<SendStatus>,
    readers: Vec<Reader>,
    pages: u64,
    complete: bool,
}

/// Keeps the readers, because the object begins with what is known at the end.
pub(super) struct Json<'a> {
    out: &'a mut dyn Write,
    readers: Vec<Reader>,
}

impl<'a> Json<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            readers: Vec::new(),
        }
    }
}

impl Printer for Json<'_> {
    fn reader(&mut self, reader: Reader) -> io::Result<()> {
        self.readers.push(reader);
        Ok(())
    }

    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, end: Receipts) -> io::Result<()> {
        let answer = Answer {
            send_status: end.send_status,
            readers: std::mem::take(&mut self.readers),
            pages: end.pages,
            complete: end.complete,
        };
        serde_json::to_writer(&mut *self.out, &answer)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}
