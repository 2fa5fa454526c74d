//! Who of a checklist has not read the message: printed at the end, in each form.

use std::io::{self, Write};

use dingtalk_receipts::{Reader, Receipts, SendStatus};
use serde::Serialize;

use super::{Printer, printable, thousands};
use crate::format::Format;
use crate::people::Checklist;

/// Takes readers, and prints at the end who is missing.
pub(crate) struct Unread<'a> {
    out: &'a mut dyn Write,
    format: Format,
    people: Checklist,
}

/// The JSON object.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary<'a> {
    send_status: Option<SendStatus>,
    unread: Vec<&'a str>,
    read: Vec<&'a str>,
    expected: usize,
    read_percent: f64,
    pages: u64,
    complete: bool,
}

/// A line of NDJSON.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: &'a str,
}

impl<'a> Unread<'a> {
    pub(crate) fn new(people: Checklist, format: Format, out: &'a mut dyn Write) -> Self {
        Self {
            out,
            format,
            people,
        }
    }

    /// How many people were expected, and how many of them were not met.
    pub(crate) fn count(&self) -> (usize, usize) {
        (self.people.len(), self.people.missing())
    }

    fn table(&mut self, end: &Receipts) -> io::Result<()> {
        let mut text = String::new();
        for id in self.people.who(false) {
            text.push_str(&printable(id));
            text.push('\n');
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&self.summary(end));
        writeln!(self.out, "{text}")
    }

    fn summary(&self, end: &Receipts) -> String {
        let number = |number: usize| thousands(u64::try_from(number).unwrap_or(u64::MAX));
        let has = |number| if number == 1 { "has" } else { "have" };
        let (all, missing) = self.count();
        let mut text = match missing {
            0 => format!("All {} have read the message.", number(all)),
            missing => format!(
                "{} of {} ({}%) {} read the message; {} {} not.",
                number(all - missing),
                number(all),
                percent(all - missing, all),
                has(all - missing),
                number(missing),
                has(missing),
            ),
        };
        if missing > 0 && !end.complete {
            text.push_str(" Not all readers were asked for.");
        }
        if let Some(status) = &end.send_status {
            text.push_str(&format!(" Send status: {}.", printable(status.as_str())));
        }
        text
    }
}

/// How many in a hundred, rounded down to a tenth: 100 is only said of all.
fn percent(part: usize, all: usize) -> f64 {
    // Exact for as many people as fit into memory.
    (part as f64 * 1000.0 / all.max(1) as f64).floor() / 10.0
}

impl Printer for Unread<'_> {
    fn reader(&mut self, reader: Reader) -> io::Result<()> {
        self.people.meet(&reader);
        Ok(())
    }

    fn has_enough(&self) -> bool {
        self.people.missing() == 0
    }

    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, end: Receipts) -> io::Result<()> {
        let complete = end.complete || self.has_enough();
        match self.format {
            Format::Table => self.table(&end)?,
            Format::Json => {
                let summary = Summary {
                    send_status: end.send_status,
                    unread: self.people.who(false).collect(),
                    read: self.people.who(true).collect(),
                    expected: self.people.len(),
                    read_percent: percent(
                        self.people.len() - self.people.missing(),
                        self.people.len(),
                    ),
                    pages: end.pages,
                    complete,
                };
                let line = serde_json::to_string(&summary)?;
                writeln!(self.out, "{line}")?;
            }
            // Without a word for it in these forms, whoever was not met might be taken for somebody who has not read.
            Format::Ndjson if !complete => {}
            Format::Ndjson => {
                let lines = self
                    .people
                    .who(false)
                    .map(|id| serde_json::to_string(&Line { id }));
                let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
                for line in lines {
                    writeln!(self.out, "{line}")?;
                }
            }
            Format::Csv => {
                let missing = self.people.who(false).filter(|_| complete);
                let mut writer = csv::Writer::from_writer(&mut *self.out);
                for id in std::iter::once("id").chain(missing) {
                    writer.write_record([id]).map_err(super::io_error)?;
                }
                writer.flush()?;
            }
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_never_more_than_is_true() {
        for (part, all, text) in [
            (0, 3, "0"),
            (1, 3, "33.3"),
            (2, 3, "66.6"),
            (1_999, 2_000, "99.9"),
            (99_999, 100_000, "99.9"),
            (1, 100_000, "0"),
            (2, 4, "50"),
        ] {
            assert_eq!(percent(part, all).to_string(), text);
        }
    }
}
