//! The access token in the address of a webhook robot, which may stand for a group and its robot.

use dingtalk_receipts_api::Secret;

use crate::error::{Error, Result};
use crate::text::has_space_or_control;

/// Whether there is a token.
pub(crate) fn is_given(token: Option<&Secret>) -> bool {
    token.is_some_and(|token| !token.expose().is_empty())
}

/// Checks that a token, if there is one, is nothing but that.
pub(crate) fn check(token: Option<&Secret>) -> Result<()> {
    if token.is_some_and(|token| has_space_or_control(token.expose())) {
        return Err(Error::argument(
            "the webhook token holds white space or a control character; was a line break read with it?",
        ));
    }
    Ok(())
}
