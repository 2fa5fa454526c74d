//! Comma-separated values with the header `userId,unionId`; an id that a reader lacks is empty.
//!
//! Ids are written as they are, even one that begins with `=` and that a spreadsheet would take for a formula: with a
//! quote before it, it would be another id for every other program. Spreadsheets import columns as text if told to.

use std::io::{self, Write};

use dingtalk_receipts::{Reader, Receipts};

use super::{Printer, io_error};

/// Prints each reader as it comes.
pub(super) struct Csv<'a> {
    writer: ::csv::Writer<&'a mut dyn Write>,
    begun: bool,
}

impl<'a> Csv<'a> {
    /// `goes_on` says whether `out` has the header already.
    pub(super) fn new(goes_on: bool, out: &'a mut dyn Write) -> Self {
        Self {
            writer: ::csv::Writer::from_writer(out),
            begun: goes_on,
        }
    }

    /// The header belongs to an empty list, too.
    fn begin(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            self.writer
                .write_record(["userId", "unionId"])
                .map_err(io_error)?;
        }
        Ok(())
    }
}

impl Printer for Csv<'_> {
    fn reader(&mut self, reader: Reader) -> io::Result<()> {
        self.begin()?;
        let fields = [reader.user_id, reader.union_id].map(Option::unwrap_or_default);
        self.writer.write_record(fields).map_err(io_error)
    }

    fn pause(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    fn finish(&mut self, _end: Receipts) -> io::Result<()> {
        self.begin()?;
        self.writer.flush()
    }
}
