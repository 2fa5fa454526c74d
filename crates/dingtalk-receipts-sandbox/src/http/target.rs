//! What a request is for.

use crate::contract::operation::Operation;

/// What a request is for: an operation, and the corp if its path names one. `None` if the contract has no operation of
/// this method and path.
pub(crate) type Target = Option<(Operation, Option<String>)>;
