//! The access token itself.

use std::fmt;
use std::sync::Arc;

use dingtalk_receipts_api::Secret;

use crate::error::{Error, Result};

/// An access token: cheap to clone, wiped when the last clone is gone, and never shown.
#[derive(Clone)]
pub struct AccessToken {
    secret: Arc<Secret>,
}

impl AccessToken {
    /// Takes a token as DingTalk gave it.
    ///
    /// # Errors
    ///
    /// It is empty, or holds what cannot stand in an HTTP header: a line break, a control character, white space at
    /// its ends, or anything that is not ASCII.
    pub fn new(token: impl Into<String>) -> Result<Self> {
        let secret = Secret::from(token.into());
        let text = secret.expose();
        if text.is_empty() {
            return Err(Error::argument("the access token is empty"));
        }
        if let Some(position) = text.bytes().position(|byte| !byte.is_ascii_graphic()) {
            return Err(Error::argument(format!(
                "the access token holds a character that cannot be sent, at position {}; was a line break read with it?",
                position + 1
            )));
        }
        Ok(Self {
            secret: Arc::new(secret),
        })
    }

    /// The token itself. Handle with care.
    pub fn expose(&self) -> &str {
        self.secret.expose()
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Whether both are clones of one: the same token from the same response.
    pub(crate) fn same_grant(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.secret, &other.secret)
    }

    /// Whether both are the same token, wherever they came from.
    pub(crate) fn same_text(&self, other: &Self) -> bool {
        self.same_grant(other) || self.secret == other.secret
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_sent_is_refused_and_not_shown() {
        for token in ["", "se cret", "secret\n", "\u{7f}secret", "sécret"] {
            let error = AccessToken::new(token).unwrap_err();
            assert!(error.is_invalid_input());
            assert!(!format!("{error} {error:#?}").contains("cret"), "{error}");
        }
    }

    #[test]
    fn debug_hides_the_token() {
        assert_eq!(
            format!("{:?}", AccessToken::new("abc").unwrap()),
            "AccessToken([redacted])"
        );
    }
}
