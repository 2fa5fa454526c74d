//! What is done to the client that progenitor generated, on its syntax tree.

pub(crate) mod calls;
pub(crate) mod paths;
mod request;
pub(crate) mod security;
pub(crate) mod tidy;
