//! How far a run is, on standard error if that is a terminal.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::print::count;

/// A line that shows how far a run of pages is. It is gone when it is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    line: ProgressBar,
}

impl Progress {
    /// A line, or nothing at all: where nobody sees it, and where it would get in the way of what is printed.
    pub(crate) fn new(wanted: bool) -> Self {
        if !wanted || !std::io::stderr().is_terminal() {
            return Self {
                line: ProgressBar::hidden(),
            };
        }
        let line = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} [{elapsed_precise}]") {
            line.set_style(style);
        }
        line.enable_steady_tick(Duration::from_millis(120));
        Self { line }
    }

    /// So many pages with so many readers have come.
    pub(crate) fn at(&self, pages: u64, readers: u64) {
        if !self.line.is_hidden() {
            self.line.set_message(format!(
                "{}, {}",
                count(pages, "page"),
                count(readers, "reader")
            ));
        }
    }

    /// Makes room for what is printed now.
    pub(crate) fn clear(&self) {
        self.line.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
