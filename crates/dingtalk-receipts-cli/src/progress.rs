//! How far a run is, on standard error if that is a terminal.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use dingtalk_receipts::Quota;
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

/// A bar that shows how far a run over many messages is.
#[derive(Debug)]
pub(crate) struct Bar {
    line: ProgressBar,
    began: Instant,
    /// Calls a second at most.
    quota: Option<f64>,
}

impl Bar {
    /// A bar for so many messages, or nothing at all where nobody sees it.
    pub(crate) fn new(wanted: bool, messages: u64, quota: Quota) -> Self {
        let line = match wanted && std::io::stderr().is_terminal() {
            true => ProgressBar::new(messages),
            false => ProgressBar::hidden(),
        };
        if let Ok(style) =
            ProgressStyle::with_template("{bar:12} {human_pos} of {human_len} messages, {msg}")
        {
            line.set_style(style);
        }
        Self {
            line,
            began: Instant::now(),
            quota: quota.rate(),
        }
    }

    /// So far it is.
    pub(crate) fn at(&self, progress: &dingtalk_receipts::Progress) {
        if self.line.is_hidden() {
            return;
        }
        let passed = self.began.elapsed();
        let rate = progress.calls as f64 / passed.as_secs_f64().max(0.001);
        let mut text = format!("{} at {rate:.1}/s", count(progress.calls, "call"));
        if let Some(quota) = self.quota {
            text.push_str(&format!(" of {quota}/s"));
        }
        // What the journal knew took no time.
        let asked = progress.answered.saturating_sub(progress.from_journal);
        let left = self
            .line
            .length()
            .unwrap_or_default()
            .saturating_sub(progress.answered);
        if asked > 0 && left > 0 {
            let seconds = passed.as_secs_f64() * left as f64 / asked as f64;
            let left = Duration::from_secs(seconds.ceil().min(1e9) as u64);
            text.push_str(&format!(", {} left", humantime::format_duration(left)));
        }
        if progress.failed > 0 {
            text.push_str(&format!(", {} failed", progress.failed));
        }
        self.line.set_message(text);
        self.line.set_position(progress.answered);
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
