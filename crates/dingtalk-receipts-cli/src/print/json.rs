//! One JSON object: `{"sendStatus", "readers": [{"userId", "unionId"}], "pages", "complete"}`.

use std::io::{self, Write};

use dingtalk_receipts::{Reader, Receipts};

use super::Printer;

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

    fn finish(&mut self, mut end: Receipts) -> io::Result<()> {
        end.readers = std::mem::take(&mut self.readers);
        serde_json::to_writer(&mut *self.out, &end)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}
