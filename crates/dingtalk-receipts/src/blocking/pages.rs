//! All pages of a message, as an iterator.

use super::iter::{Blocking, Iter};
use crate::{Cursor, Error, Page, Result};

/// The pages of one message. The twin of [`crate::Pages`].
pub type Pages = Iter<crate::Pages>;

impl Pages {
    /// As [`crate::Pages::pages_done`].
    pub fn pages_done(&self) -> u64 {
        self.inner.pages_done()
    }

    /// As [`crate::Pages::is_complete`].
    pub fn is_complete(&self) -> bool {
        self.inner.is_complete()
    }

    /// As [`crate::Pages::cursor`].
    pub fn cursor(&self) -> Option<&Cursor> {
        self.inner.cursor()
    }
}

impl Blocking for crate::Pages {
    fn refusal(&self, error: Error) -> Result<Page> {
        Err(error)
    }
}
