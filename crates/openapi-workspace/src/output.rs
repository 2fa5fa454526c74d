//! Where a command writes, and how.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::cli::Format;

/// The style of what is as it should be.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// The style of what is not.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// The style of what fails nothing and is to be looked at.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// The style of what is to be read first.
pub const STRONG: Style = Style::new().bold();
/// The style of what can be passed over.
pub const FAINT: Style = Style::new().dimmed();

/// A writer, and the form that findings take on it. Styles are always written; a stream that is no terminal drops them.
#[expect(missing_debug_implementations, reason = "a writer has none")]
pub struct Output<'a> {
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
