//! What a watch prints: a line for each change, and how things stand at the end.

use std::collections::HashSet;
use std::io::{self, Write};

use dingtalk_receipts::{Change, End, Reader, SendStatus, Watch};
use jiff::{Timestamp, Zoned};
use serde::Serialize;

use crate::args::WatchFormat;
use crate::print::{count, printable, thousands};

/// Prints changes at once: whoever watches wants to see them when they are.
pub(crate) struct News<'a> {
    format: WatchFormat,
    out: &'a mut dyn Write,
    printed: u64,
    /// Who is expected and was not printed yet, and how many are expected.
    missing: Option<(HashSet<String>, usize)>,
}

/// A line of NDJSON before the end.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<&'a Reader>,
    #[serde(skip_serializing_if = "Option::is_none")]
    send_status: Option<&'a SendStatus>,
}

/// The last line of NDJSON.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Last<'a> {
    at: String,
    end: &'a str,
    send_status: Option<&'a SendStatus>,
    readers: u64,
    /// Who of those expected has read it; `null` if nobody was expected.
    read: Option<Vec<String>>,
    unread: Option<Vec<String>>,
    calls: u64,
}

impl<'a> News<'a> {
    /// Nothing was printed yet; `people`, if any are given, are expected.
    pub(crate) fn new(
        format: WatchFormat,
        people: Option<&[String]>,
        out: &'a mut dyn Write,
    ) -> Self {
        Self {
            format,
            out,
            printed: 0,
            missing: people.map(|people| (people.iter().cloned().collect(), people.len())),
        }
    }

    /// Prints a change, of whatever kind.
    pub(crate) fn change(&mut self, change: &Change, watch: &Watch) -> io::Result<()> {
        match change {
            Change::Reader(reader) => self.reader(reader),
            Change::SendStatus(status) => self.status(status),
            Change::End(end) => self.end(word(*end), watch),
            _ => Ok(()),
        }
    }

    fn reader(&mut self, reader: &Reader) -> io::Result<()> {
        self.printed += 1;
        if let Some((missing, _)) = &mut self.missing {
            for id in [&reader.user_id, &reader.union_id].into_iter().flatten() {
                missing.remove(id);
            }
        }
        match self.format {
            WatchFormat::Ndjson => self.json(&Line {
                at: now(),
                reader: Some(reader),
                send_status: None,
            }),
            WatchFormat::Text => {
                let id = |id: &Option<String>| printable(id.as_deref().unwrap_or("-")).into_owned();
                let stand = match &self.missing {
                    Some((missing, all)) => format!("{} of {all}", all - missing.len()),
                    None => thousands(self.printed),
                };
                let (user, union) = (id(&reader.user_id), id(&reader.union_id));
                self.text(&format!("{}  {user}  {union}  ({stand})", clock()))
            }
        }
    }

    fn status(&mut self, status: &SendStatus) -> io::Result<()> {
        match self.format {
            WatchFormat::Ndjson => self.json(&Line {
                at: now(),
                reader: None,
                send_status: Some(status),
            }),
            WatchFormat::Text => self.text(&format!(
                "{}  send status {}",
                clock(),
                printable(status.as_str())
            )),
        }
    }

    /// Prints how things stand, and why nothing follows.
    pub(crate) fn end(&mut self, end: &str, watch: &Watch) -> io::Result<()> {
        let expected = watch.expected();
        match self.format {
            WatchFormat::Ndjson => {
                let (read, unread) = expected.map(|all| (all.read, all.unread)).unzip();
                self.json(&Last {
                    at: now(),
                    end,
                    send_status: watch.send_status(),
                    readers: watch.readers(),
                    read,
                    unread,
                    calls: watch.calls_made(),
                })
            }
            WatchFormat::Text => {
                let mut text = format!("\n{}.", reason(end));
                match expected {
                    None => {
                        text.push_str(&format!(" {} so far.", count(watch.readers(), "reader")))
                    }
                    Some(all) if all.unread.is_empty() => {
                        text.push_str(&format!(" All {} have read it.", all.read.len()));
                    }
                    Some(all) => {
                        let everybody = all.read.len() + all.unread.len();
                        text.push_str(&format!(
                            " {} of {everybody} read it. Not yet:",
                            all.read.len()
                        ));
                        for id in &all.unread {
                            text.push_str(&format!("\n  {}", printable(id)));
                        }
                    }
                }
                self.text(&text)
            }
        }
    }

    fn json(&mut self, line: &impl Serialize) -> io::Result<()> {
        let line = serde_json::to_string(line)?;
        self.text(&line)
    }

    fn text(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")?;
        self.out.flush()
    }
}

/// The word for an end, as `Change` has it in JSON.
fn word(end: End) -> &'static str {
    match end {
        End::Recalled => "recalled",
        End::AllRead => "allRead",
        End::Target => "target",
        End::Deadline => "deadline",
        End::Calls => "calls",
        _ => "other",
    }
}

fn reason(end: &str) -> &'static str {
    match end {
        "recalled" => "The message was recalled",
        "allRead" => "Everybody who was expected has read the message",
        "target" => "As many as wanted have read the message",
        "deadline" => "The time is up",
        "calls" => "The limit of calls is used up",
        "interrupted" => "Interrupted",
        _ => "The watch ended",
    }
}

/// The time for programs.
fn now() -> String {
    Timestamp::from_second(Timestamp::now().as_second())
        .unwrap_or_default()
        .to_string()
}

/// The time of day for people.
fn clock() -> String {
    Zoned::now().strftime("%H:%M:%S").to_string()
}
