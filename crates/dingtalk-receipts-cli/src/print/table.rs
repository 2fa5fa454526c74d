//! A table for people, with a summary below.

use std::borrow::Cow;
use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table as Grid, presets};
use dingtalk_receipts::{Reader, Receipts};

use super::{Printer, count};

/// Keeps the readers, because the widest decides how wide a column is.
pub(super) struct Table<'a> {
    out: &'a mut dyn Write,
    grid: Grid,
    readers: u64,
}

impl<'a> Table<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        let mut grid = Grid::new();
        // Ids are there to be copied, so they are not wrapped.
        grid.load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled);
        grid.set_header(["USER ID", "UNION ID"]);
        if let Some(column) = grid.column_mut(0) {
            column.set_padding((0, 1));
        }
        Self {
            out,
            grid,
            readers: 0,
        }
    }
}

impl Printer for Table<'_> {
    fn reader(&mut self, reader: Reader) -> io::Result<()> {
        self.readers += 1;
        self.grid.add_row([
            cell(reader.user_id.as_deref()),
            cell(reader.union_id.as_deref()),
        ]);
        Ok(())
    }

    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, end: Receipts) -> io::Result<()> {
        if self.readers > 0 {
            for line in self.grid.lines() {
                writeln!(self.out, "{}", line.trim_end())?;
            }
            writeln!(self.out)?;
        }
        // Nothing came at all, for a reason that is told elsewhere.
        if end.pages > 0 || end.complete {
            writeln!(self.out, "{}", summary(self.readers, &end))?;
        }
        self.out.flush()
    }
}

/// What the table amounts to, in a line.
fn summary(readers: u64, end: &Receipts) -> String {
    let pages = count(end.pages, "page");
    let mut text = match (readers, end.complete) {
        (0, true) => "Nobody has read the message.".to_owned(),
        (readers, true) => format!("{} on {pages}.", count(readers, "reader")),
        (readers, false) => format!(
            "{} on {pages} so far; not complete.",
            count(readers, "reader")
        ),
    };
    if let Some(status) = &end.send_status {
        text.push_str(&format!(" Send status: {}.", printable(status.as_str())));
    }
    text
}

/// An id, or a dash where there is none.
fn cell(id: Option<&str>) -> Cow<'_, str> {
    id.map_or(Cow::Borrowed("-"), printable)
}

/// Text from the network on a terminal: control characters must not move its cursor or change its colours, nor
/// others break lines or turn round what follows.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.chars().any(acts) {
        text.chars()
            .flat_map(|c| {
                if acts(c) {
                    c.escape_default().collect::<Vec<_>>()
                } else {
                    vec![c]
                }
            })
            .collect()
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_stays_where_it_is() {
        for (text, shown) in [
            ("a\u{1b}[31mb\r\n", "a\\u{1b}[31mb\\r\\n"),
            ("\u{9b}31m", "\\u{9b}31m"),
            (
                "a\u{202e}b\u{2066}c\u{2028}d",
                "a\\u{202e}b\\u{2066}c\\u{2028}d",
            ),
            ("李小龙 é 👩\u{200d}👧", "李小龙 é 👩\u{200d}👧"),
        ] {
            assert_eq!(printable(text), shown);
        }
    }
}
