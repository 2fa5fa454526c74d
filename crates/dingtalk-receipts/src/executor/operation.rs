//! What an operation has to say about itself so that the executor can execute it.

use dingtalk_receipts_api as api;

use super::response_error::Unreadable;
use crate::access_token::AccessToken;
use crate::error::{Advice, Error, ErrorKind, Kind, Redactor, Result, Sent};
use crate::response::Response;

/// One call of an operation of the API: how its request is built, and how a response is decoded.
///
/// A new operation implements this, and needs nothing in the layers below.
pub(crate) trait Operation {
    /// What a response is decoded to.
    type Output;

    /// The operation as the contract has it.
    fn contract(&self) -> &'static api::Operation;

    /// Whether the request may be sent again when it may have been executed.
    fn idempotency(&self) -> Idempotency;

    /// Builds the request: for each attempt anew, since the token may have changed. There is no token where the
    /// [options](super::CallOptions) have no source of tokens.
    fn request(&self, token: Option<&AccessToken>) -> Result<reqwest::Request>;

    /// Decodes a response whose status is one of success.
    fn decode(&self, response: &Response) -> Result<Self::Output, Unreadable>;

    /// Adds the secrets of the request to those that texts must not show. The token's are there already.
    fn redact<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a> {
        redactor
    }
}

/// The request that `build` makes with the secret of the access token, for operations that need one.
pub(crate) fn with_token<E: std::error::Error + Send + Sync + 'static>(
    token: Option<&AccessToken>,
    build: impl FnOnce(&api::Secret) -> Result<reqwest::Request, E>,
) -> Result<reqwest::Request> {
    let token = token.ok_or_else(Error::no_credentials)?;
    build(token.secret())
        .map_err(|error| Error::argument("the request could not be made").caused_by(error))
}

/// Whether a request may be executed more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Idempotency {
    /// Executing it again changes nothing.
    Idempotent,
    /// Executing it again does it again, such as sending a message.
    NotIdempotent,
}

impl Idempotency {
    /// Whether the request may be sent again after `error`. What is not idempotent may if it was not executed: nothing
    /// was written, or the gateway refused it before the operation, for its token or its rate.
    pub(crate) fn allows_retry(self, error: &Error) -> bool {
        let details = error.details();
        match self {
            Self::Idempotent => true,
            Self::NotIdempotent if details.sent == Sent::No => true,
            Self::NotIdempotent => {
                details.kind == Kind::Refused
                    && details.status.is_some_and(|status| status < 500)
                    && matches!(
                        details.class,
                        Some(ErrorKind::Throttling | ErrorKind::Authentication)
                    )
            }
        }
    }

    /// Whether what was not to be executed twice may have been executed, although `error` is all that is known of it.
    pub(crate) fn leaves_outcome_unknown(self, error: &Error) -> bool {
        let details = error.details();
        let was_refused = details.kind == Kind::Refused
            && details.status.is_some_and(|status| status < 500)
            && details.advice != Advice::Verify;
        self == Self::NotIdempotent && details.sent != Sent::No && !was_refused
    }
}
