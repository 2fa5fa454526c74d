//! Where a command writes, and how.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::cli::Format;

pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();

/// A writer, and the form that findings take on it. Styles are always written; a stream that is no terminal drops them.
pub(crate) struct Output<'a> {
    writer: &'a mut dyn Write,
    pub(crate) format: Format,
}

impl<'a> Output<'a> {
    pub(crate) fn new(writer: &'a mut dyn Write, format: Format) -> Self {
        Self { writer, format }
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
