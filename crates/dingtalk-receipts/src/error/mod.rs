//! What can go wrong, as one opaque [`Error`] with predicates that say what to do about it.

mod describe;
mod envelope;
mod kind;
mod mask;
mod shared;
mod snippet;
mod value;

pub(crate) use dingtalk_receipts_api::errors::ReceivedErrorCode;
pub use dingtalk_receipts_api::errors::{Advice, ErrorCode, ErrorKind};
pub use kind::{Phase, Sent};
pub use value::{Error, Result};

pub(crate) use envelope::{Envelope, foreign, object, states_failure, without_byte_order_mark};
pub(crate) use kind::{GaveUp, Kind};
pub(crate) use mask::mask_text;
pub(crate) use snippet::{Redactor, one_line, snippet};
