//! Printing readers: one file a format.

mod csv;
mod json;
mod members;
mod ndjson;
mod table;
mod unread;

use std::io::{self, Write};

use dingtalk_receipts::{Reader, Receipts};

use crate::format::Format;

pub(crate) use members::Members;
pub(crate) use table::printable;
pub(crate) use unread::Unread;

/// Takes readers as they come and prints them, at once or at the end.
pub(crate) trait Printer {
    /// One more reader.
    fn reader(&mut self, reader: Reader) -> io::Result<()>;

    /// Whether no further reader would change what is printed.
    fn has_enough(&self) -> bool {
        false
    }

    /// Nothing comes for a while: what was printed has to be seen now.
    fn pause(&mut self) -> io::Result<()>;

    /// No reader follows. `end` says how it went; its own readers are not looked at.
    fn finish(&mut self, end: Receipts) -> io::Result<()>;
}

/// A printer of `format` that writes to `out`, which has a header already if `goes_on`.
pub(crate) fn printer<'a>(
    format: Format,
    goes_on: bool,
    out: &'a mut dyn Write,
) -> Box<dyn Printer + 'a> {
    match format {
        Format::Table => Box::new(table::Table::new(out)),
        Format::Json => Box::new(json::Json::new(out)),
        Format::Ndjson => Box::new(ndjson::Ndjson::new(out)),
        Format::Csv => Box::new(csv::Csv::new(goes_on, out)),
    }
}

/// The error of the output itself, so that a closed pipe is still seen to be one.
pub(crate) fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A number as people write it: 1,000.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 page`, `2,000 pages`.
pub(crate) fn count(number: u64, one: &str) -> String {
    format!(
        "{} {one}{}",
        thousands(number),
        if number == 1 { "" } else { "s" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(thousands(number), text);
        }
        assert_eq!(count(1, "page"), "1 page");
        assert_eq!(count(0, "page"), "0 pages");
    }
}
