//! One failure for many callers: an [`Error`] cannot be cloned, since its cause cannot.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::Error;

impl Error {
    /// The same failure for another caller. What belongs to the first caller's own call is left out; the cause is
    /// shared.
    pub(crate) fn shared(original: &Arc<Self>) -> Self {
        let known = original.details();
        Self::new(known.kind, known.text.clone()).with(|details| {
            details.code.clone_from(&known.code);
            details.class = known.class;
            details.advice = known.advice;
            details.message.clone_from(&known.message);
            details.status = known.status;
            details.request_id.clone_from(&known.request_id);
            details.required_scopes.clone_from(&known.required_scopes);
            details.retry_after = known.retry_after;
            details.snippet.clone_from(&known.snippet);
            details.sent = known.sent;
            details.attempts = known.attempts;
            details.elapsed = known.elapsed;
            details.gave_up = known.gave_up;
            if known.source.is_some() {
                details.source = Some(Box::new(SharedCause(Arc::clone(original))));
            }
        })
    }
}

/// The cause of an error that several callers got: it says what the cause says.
struct SharedCause(Arc<Error>);

impl SharedCause {
    fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl fmt::Display for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cause() {
            Some(cause) => fmt::Display::fmt(cause, f),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.cause(), f)
    }
}

impl StdError for SharedCause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause().and_then(StdError::source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn every_caller_sees_what_the_first_saw() {
        let cause = Error::argument("the cause").caused_by("the cause's cause");
        let error = Error::new(Kind::Refused, "refused")
            .caused_by(cause)
            .with(|details| {
                details.status = Some(400);
                details.message = Some("message".to_owned());
                details.request_id = Some("id".to_owned());
                details.attempts = 3;
            });
        let original = Arc::new(error);
        let copy = Error::shared(&original);
        assert_eq!(copy.to_string(), original.to_string());
        assert_eq!(format!("{copy:#?}"), format!("{original:#?}"));
        let chain = |error: &Error| {
            std::iter::successors(error.source(), |cause| (*cause).source())
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(chain(&copy), ["the cause", "the cause's cause"]);
        assert_eq!(chain(&copy), chain(&original));
    }
}
