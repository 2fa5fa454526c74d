//! The one line that an [`Error`] shows.

use std::fmt;

use super::Error;

impl fmt::Display for Error {
    /// What happened; then, where DingTalk answered, its code, status, message and request id; then how often and
    /// why no longer it was tried.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.details();
        f.write_str(&d.text)?;
        match (&d.code, d.status) {
            (Some(code), Some(status)) => write!(f, ": {code} (HTTP {status})")?,
            (Some(code), None) => write!(f, ": {code}")?,
            (None, Some(status)) => write!(f, " (HTTP {status})")?,
            (None, None) => {}
        }
        if let Some(message) = &d.message {
            write!(f, ": {message}")?;
        }
        if let Some(id) = &d.request_id {
            write!(f, " [request id {id}]")?;
        }
        if d.attempts > 1 || d.gave_up.is_some() {
            let calls = if d.attempts == 1 {
                "attempt"
            } else {
                "attempts"
            };
            write!(f, " after {} {calls} in {:.1?}", d.attempts, d.elapsed)?;
        }
        if let Some(gave_up) = d.gave_up {
            write!(f, ", {}", gave_up.describe())?;
        }
        if d.outcome_unknown {
            f.write_str(
                "; the message may have been delivered, and can be neither queried nor recalled: its key is lost",
            )?;
        }
        Ok(())
    }
}
