//! How far a run is, on standard error if that is a terminal.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use dingtalk_receipts::RateLimit;
use indicatif::{ProgressBar, ProgressStyle};

use crate::print::count;

/// Whether standard error is a terminal whose cursor can be moved. A log of continuous integration may be a terminal, too,
/// but keeps each line that was to be replaced.
fn is_shown() -> bool {
    let term = std::env::var_os("TERM").unwrap_or_default();
    let moves = cfg!(windows) || !(term.is_empty() || term == "dumb");
    let is_log = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
    moves && !is_log && std::io::stderr().is_terminal()
}

/// A line that shows how far a run of pages is. It is gone when it is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    line: ProgressBar,
}

impl Progress {
    /// A line, or nothing at all: where nobody sees it, and where it would get in the way of what is printed.
    pub(crate) fn new(wanted: bool) -> Self {
        if !wanted || !is_shown() {
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
    rate_limit: Option<f64>,
}

impl Bar {
    /// A bar for so many messages, or nothing at all where nobody sees it.
    pub(crate) fn new(wanted: bool, messages: u64, rate_limit: RateLimit) -> Self {
        let line = match wanted && is_shown() {
            true => ProgressBar::new(messages),
            false => ProgressBar::hidden(),
        };
        if let Ok(style) =
            ProgressStyle::with_template("{bar:12} {human_pos} of {human_len} messages, {wide_msg}")
        {
            line.set_style(style);
        }
        Self {
            line,
            began: Instant::now(),
            rate_limit: rate_limit.rate(),
        }
    }

    /// So far it is.
    pub(crate) fn at(&self, progress: &dingtalk_receipts::Progress) {
        if self.line.is_hidden() {
            return;
        }
        let so_far = SoFar {
            passed: self.began.elapsed().as_secs_f64(),
            calls: progress.calls,
            // What the journal knew took no time.
            asked: progress.answered.saturating_sub(progress.from_journal),
            left: self
                .line
                .length()
                .unwrap_or_default()
                .saturating_sub(progress.answered),
            failed: progress.failed,
        };
        self.line.set_message(so_far.text(self.rate_limit));
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

/// How far a run over many messages is.
struct SoFar {
    /// Seconds since it began.
    passed: f64,
    calls: u64,
    /// Messages that DingTalk answered.
    asked: u64,
    /// Messages that are still to be asked about.
    left: u64,
    failed: u64,
}

impl SoFar {
    /// Calls, their rate, and the time left, if so many calls a second are allowed.
    fn text(&self, rate_limit: Option<f64>) -> String {
        let mut text = count(self.calls, "call");
        // Of less than a second, a rate says nothing.
        let rate = (self.passed >= 1.0).then(|| self.calls as f64 / self.passed);
        text.push_str(&match (rate, rate_limit) {
            (Some(rate), Some(rate_limit)) => format!(" at {rate:.1} of {rate_limit}/s"),
            (Some(rate), None) => format!(" at {rate:.1}/s"),
            (None, Some(rate_limit)) => format!(" at up to {rate_limit}/s"),
            (None, None) => String::new(),
        });
        // It goes on as it went; but each message takes a call, and calls come no faster than the rate limit allows.
        let left = self.left as f64;
        let as_before = (self.asked > 0).then(|| self.passed * left / self.asked as f64);
        let at_least = rate_limit.map(|rate_limit| left / rate_limit);
        if self.left > 0
            && let Some(seconds) = as_before.into_iter().chain(at_least).reduce(f64::max)
        {
            let left = Duration::from_secs(seconds.ceil().min(1e9) as u64);
            text.push_str(&format!(", {} left", humantime::format_duration(left)));
        }
        if self.failed > 0 {
            text.push_str(&format!(", {} failed", self.failed));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_does_not_promise_what_the_rate_limit_forbids() {
        let so_far = |passed, calls, asked, left, failed| SoFar {
            passed,
            calls,
            asked,
            left,
            failed,
        };
        for (so_far, rate_limit, text) in [
            (
                so_far(0.001, 1, 1, 99, 0),
                Some(20.0),
                "1 call at up to 20/s, 5s left",
            ),
            (
                so_far(2.0, 38, 38, 62, 1),
                Some(20.0),
                "38 calls at 19.0 of 20/s, 4s left, 1 failed",
            ),
            (
                so_far(10.0, 100, 10, 90, 0),
                Some(20.0),
                "100 calls at 10.0 of 20/s, 1m 30s left",
            ),
            (
                so_far(0.5, 0, 0, 72, 0),
                Some(20.0),
                "0 calls at up to 20/s, 4s left",
            ),
            (so_far(0.5, 0, 0, 72, 0), None, "0 calls"),
            (so_far(4.0, 8, 4, 0, 0), None, "8 calls at 2.0/s"),
        ] {
            assert_eq!(so_far.text(rate_limit), text);
        }
    }
}
