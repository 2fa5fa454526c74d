//! A workbook with one sheet, in which every cell is text: a spreadsheet must not take an id for a number.

use std::io;

use rust_xlsxwriter::{Workbook, XlsxError};

/// The workbook, and the next row.
pub(crate) struct Book {
    book: Workbook,
    row: u32,
}

impl Book {
    pub(super) fn new() -> Self {
        let mut book = Workbook::new();
        book.add_worksheet();
        Self { book, row: 0 }
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// It is more than a sheet holds: 1,048,576 rows, 16,384 columns, or 32,767 characters in a cell.
    pub(super) fn add(&mut self, cells: &[&str]) -> io::Result<()> {
        let sheet = self.book.worksheet_from_index(0).map_err(wrong)?;
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(self.row, column, *cell).map_err(wrong)?;
        }
        self.row += 1;
        Ok(())
    }

    /// The file.
    pub(super) fn bytes(&mut self) -> io::Result<Vec<u8>> {
        self.book.save_to_buffer().map_err(wrong)
    }
}

fn wrong(error: XlsxError) -> io::Error {
    io::Error::other(format!("{error}; write .csv or .ndjson instead"))
}
