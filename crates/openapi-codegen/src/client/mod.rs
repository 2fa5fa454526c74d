//! What is done to the client that progenitor generated, on its syntax tree.

pub(crate) mod calls;
mod encoded;
pub(crate) mod outcomes;
pub(crate) mod paths;
mod request;
pub(crate) mod security;
mod segments;
pub(crate) mod tidy;
