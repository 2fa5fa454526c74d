//! One JSON object a line: `{"userId", "unionId"}`.

use std::io::{self, Write};

use dingtalk_receipts::{Reader, Receipts};

use super::Printer;

/// Prints each reader as it comes.
pub(super) struct Ndjson<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Ndjson<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out }
    }
}

impl Printer for Ndjson<'_> {
    fn reader(&mut self, reader: Reader) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, &reader)?;
        self.out.write_all(b"\n")
    }

    fn pause(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(&mut self, _end: Receipts) -> io::Result<()> {
        self.out.flush()
    }
}
