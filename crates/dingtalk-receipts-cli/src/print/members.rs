//! Members of a group, in each of the forms that readers have. Names are written as they are, but for a table, in
//! which they could move the terminal's cursor.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};
use dingtalk_receipts::Member;
use serde::Serialize;

use super::{count, io_error, printable};
use crate::format::Format;

/// A member, as JSON has it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    user_id: Option<String>,
    union_id: Option<String>,
    name: Option<String>,
}

/// The JSON object.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    members: &'a [Line],
    pages: u64,
    complete: bool,
}

/// Takes pages, and prints their members at once or at the end.
pub(crate) struct Members<'a> {
    out: &'a mut dyn Write,
    format: Format,
    /// Those that are printed at the end.
    kept: Vec<Line>,
    pages: u64,
}

impl<'a> Members<'a> {
    pub(crate) fn new(format: Format, out: &'a mut dyn Write) -> Self {
        Self {
            out,
            format,
            kept: Vec::new(),
            pages: 0,
        }
    }

    /// One more page.
    pub(crate) fn page(&mut self, members: Vec<Member>) -> io::Result<()> {
        let lines = members.into_iter().map(|member| Line {
            user_id: member.user_id,
            union_id: member.union_id,
            name: member.name,
        });
        match self.format {
            Format::Table | Format::Json => self.kept.extend(lines),
            Format::Ndjson => {
                for line in lines {
                    serde_json::to_writer(&mut *self.out, &line)?;
                    writeln!(self.out)?;
                }
            }
            Format::Csv => csv(&mut *self.out, self.pages == 0, lines)?,
        }
        self.pages += 1;
        self.out.flush()
    }

    /// No page follows. `complete` says whether that was the last, rather than a failure.
    pub(crate) fn finish(&mut self, complete: bool) -> io::Result<()> {
        match self.format {
            Format::Table => self.table(complete)?,
            Format::Json => {
                let summary = Summary {
                    members: &self.kept,
                    pages: self.pages,
                    complete,
                };
                serde_json::to_writer(&mut *self.out, &summary)?;
                writeln!(self.out)?;
            }
            Format::Ndjson => {}
            // The header belongs to an empty list, too.
            Format::Csv if self.pages == 0 => csv(&mut *self.out, true, std::iter::empty())?,
            Format::Csv => {}
        }
        self.out.flush()
    }

    fn table(&mut self, complete: bool) -> io::Result<()> {
        let mut table = Table::new();
        // Ids are there to be copied, so they are not wrapped.
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(["USER ID", "UNION ID", "NAME"]);
        for line in &self.kept {
            let cells = [&line.user_id, &line.union_id, &line.name];
            table.add_row(cells.map(|cell| cell.as_deref().map_or("-".into(), printable)));
        }
        if let Some(column) = table.column_mut(0) {
            column.set_padding((0, 1));
        }
        if !self.kept.is_empty() {
            for line in table.lines() {
                writeln!(self.out, "{}", line.trim_end())?;
            }
            writeln!(self.out)?;
        }
        let members = count(u64::try_from(self.kept.len()).unwrap_or(u64::MAX), "member");
        match complete {
            true => writeln!(self.out, "{members}."),
            // Nothing came at all, for a reason that is told elsewhere.
            false if self.kept.is_empty() => Ok(()),
            false => writeln!(self.out, "{members} so far; not complete."),
        }
    }
}

/// Writes rows, under the header if they are the first.
fn csv(out: &mut dyn Write, is_first: bool, lines: impl Iterator<Item = Line>) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    if is_first {
        let header = ["userId", "unionId", "name"];
        writer.write_record(header).map_err(io_error)?;
    }
    for line in lines {
        let cells = [line.user_id, line.union_id, line.name].map(Option::unwrap_or_default);
        writer.write_record(cells).map_err(io_error)?;
    }
    writer.flush()
}
