//! All readers of a message, as an iterator.

use super::iter::{Blocking, Iter};
use crate::{Cursor, Error, Reader, Result, SendStatus};

/// The readers of one message. The twin of [`crate::Readers`].
pub type Readers = Iter<crate::Readers>;

impl Readers {
    /// As [`crate::Readers::already_seen`].
    pub fn already_seen<'a>(mut self, readers: impl IntoIterator<Item = &'a Reader>) -> Self {
        self.inner = self.inner.already_seen(readers);
        self
    }

    /// As [`crate::Readers::send_status`].
    pub fn send_status(&self) -> Option<&SendStatus> {
        self.inner.send_status()
    }

    /// As [`crate::Readers::pages_done`].
    pub fn pages_done(&self) -> u64 {
        self.inner.pages_done()
    }

    /// As [`crate::Readers::is_complete`].
    pub fn is_complete(&self) -> bool {
        self.inner.is_complete()
    }

    /// As [`crate::Readers::cursor`].
    pub fn cursor(&self) -> Option<&Cursor> {
        self.inner.cursor()
    }
}

impl Blocking for crate::Readers {
    fn refusal(&self, error: Error) -> Result<Reader> {
        Err(error)
    }
}
