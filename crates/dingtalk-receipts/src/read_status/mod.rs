//! The operation that lists the readers of a message.
//!
//! [`request`] is what a query says, checked and written as a request's body; [`operation`] tells the executor how the
//! request is built and what [`decode`] makes of a response; [`pages`] puts the pager on top of it.

mod decode;
mod operation;
mod pages;
mod request;

pub(crate) use pages::{page, pager};
pub(crate) use request::ReadStatusRequest;
