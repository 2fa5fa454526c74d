//! Workbooks of spreadsheets: `.xlsx`, `.xlsm`, `.xlsb`, `.xls` and `.ods`.

use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};

use super::{Place, Table};

/// The first number that has more digits than a spreadsheet keeps: it has rounded the last ones.
const ROUNDED: f64 = 1e15;

/// Whether these bytes begin as a workbook does: as a ZIP archive, or as an OLE document.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// The first sheet that is not empty, and what should be said if there are others.
pub(super) fn read(bytes: Vec<u8>) -> Result<(Table, Option<String>), String> {
    let broken = |error: calamine::Error| {
        format!("it is not a workbook that can be read: {error}; save it as CSV")
    };
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(broken)?;
        if !range.is_empty() {
            sheets.push((name, range));
        }
    }
    let others = sheets.len().saturating_sub(1);
    let Some((name, range)) = sheets.into_iter().next() else {
        return Err("it is a workbook without a sheet that has cells".to_owned());
    };
    let first = range.start().map_or(0, |(row, _)| u64::from(row));
    let rows = (first + 1..)
        .zip(range.rows())
        .map(|(row, cells)| (Place::Row(row), cells.iter().map(text).collect()));
    let table = Table::of(rows.collect())?;
    let note = (others > 0).then(|| {
        let other = if others == 1 { "sheet" } else { "sheets" };
        format!("its sheet `{name}` was read, and {others} other {other} not")
    });
    Ok((table, note))
}

/// What stands in a cell.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_owned(),
        // An id that has lost digits must not be taken for an id: it is written as spreadsheets show it.
        Data::Float(number) if number.abs() >= ROUNDED => format!("{number:E}"),
        other => other.to_string(),
    }
}
