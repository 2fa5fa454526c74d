//! Whose a token is.

use std::fmt;

/// Whose token it is, and where it is valid. Nothing of it is a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    /// In words: `internal app`.
    pub(crate) kind: &'static str,
    /// The app's key.
    pub(crate) key: Option<String>,
    pub(crate) corp: Option<String>,
    /// The address that issued it.
    pub(crate) base_url: String,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)?;
        if let Some(key) = &self.key {
            write!(f, " `{}`", key.escape_debug())?;
        }
        if let Some(corp) = &self.corp {
            write!(f, " in the corp `{}`", corp.escape_debug())?;
        }
        Ok(())
    }
}
