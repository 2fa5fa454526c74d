//! A list of people who should read the message, ticked off as they are met.

use std::collections::HashMap;
use std::io::{self, Write};

use dingtalk_receipts::{Reader, Receipts, SendStatus};
use serde::Serialize;

use super::{Printer, printable, thousands};
use crate::format::Format;

/// Takes readers, and prints at the end who is missing.
pub(crate) struct Roll<'a> {
    out: &'a mut dyn Write,
    format: Format,
    people: Vec<String>,
    places: HashMap<String, usize>,
    met: Vec<bool>,
    missing: usize,
}

/// The JSON object.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary<'a> {
    send_status: Option<SendStatus>,
    unread: Vec<&'a str>,
    read: Vec<&'a str>,
    pages: u64,
    complete: bool,
}

/// A line of NDJSON.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: &'a str,
}

impl<'a> Roll<'a> {
    /// Nobody of `people`, who are all different, was met yet.
    pub(crate) fn new(people: Vec<String>, format: Format, out: &'a mut dyn Write) -> Self {
        let places = people
            .iter()
            .cloned()
            .enumerate()
            .map(|(place, id)| (id, place))
            .collect();
        Self {
            out,
            format,
            met: vec![false; people.len()],
            missing: people.len(),
            people,
            places,
        }
    }

    fn who(&self, met: bool) -> impl Iterator<Item = &str> {
        let everybody = self.people.iter().zip(&self.met);
        everybody
            .filter(move |(_, was)| **was == met)
            .map(|(id, _)| id.as_str())
    }

    fn table(&mut self, end: &Receipts) -> io::Result<()> {
        let mut text = String::new();
        for id in self.who(false) {
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
        let people = number(self.people.len());
        let mut text = match self.missing {
            0 => format!("All {people} have read the message."),
            missing => format!(
                "{} of {people} {} read the message; {} {} not.",
                number(self.people.len() - missing),
                has(self.people.len() - missing),
                number(missing),
                has(missing),
            ),
        };
        if self.missing > 0 && !end.complete {
            text.push_str(" Not all readers were asked for.");
        }
        if let Some(status) = &end.send_status {
            text.push_str(&format!(" Send status: {}.", printable(status.as_str())));
        }
        text
    }
}

impl Printer for Roll<'_> {
    fn reader(&mut self, reader: Reader) -> io::Result<()> {
        for id in [reader.user_id, reader.union_id].into_iter().flatten() {
            if let Some(met) = self
                .places
                .get(&id)
                .and_then(|place| self.met.get_mut(*place))
                && !std::mem::replace(met, true)
            {
                self.missing -= 1;
            }
        }
        Ok(())
    }

    fn has_enough(&self) -> bool {
        self.missing == 0
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
                    unread: self.who(false).collect(),
                    read: self.who(true).collect(),
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
                    .who(false)
                    .map(|id| serde_json::to_string(&Line { id }));
                let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
                for line in lines {
                    writeln!(self.out, "{line}")?;
                }
            }
            Format::Csv => {
                let missing = self.who(false).filter(|_| complete);
                let missing: Vec<String> = missing.map(str::to_owned).collect();
                let mut writer = csv::Writer::from_writer(&mut *self.out);
                for id in std::iter::once("id").chain(missing.iter().map(String::as_str)) {
                    writer.write_record([id]).map_err(super::io_error)?;
                }
                writer.flush()?;
            }
        }
        self.out.flush()
    }
}
