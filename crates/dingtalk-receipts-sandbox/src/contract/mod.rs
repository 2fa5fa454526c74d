//! What the sandbox knows of the API: operations, schemas and error codes, all read from the contract.

pub(crate) mod catalog;
pub(crate) mod definition;
pub(crate) mod endpoint;
pub(crate) mod operation;
pub(crate) mod refusal;
pub(crate) mod request;
pub(crate) mod schema;
