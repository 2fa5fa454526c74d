//! The types that progenitor does not make, or makes wrong: open sets of strings, bounded integers, secrets and error
//! codes.

pub(crate) mod bounded;
pub(crate) mod closed;
pub(crate) mod fields;
pub(crate) mod open;
pub(crate) mod patterns;
pub(crate) mod special;
pub(crate) mod unions;
