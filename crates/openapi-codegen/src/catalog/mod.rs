//! The error catalog of a contract: what each error code means, and what a client should do about it.
//!
//! Four extensions at the top of a document state it: `x-error-catalog` (the known codes), `x-error-families` (what a
//! code that looks like this means), `x-error-statuses` (what a status alone means), and `x-error-kinds` and
//! `x-error-advice` (the vocabulary, each word with its meaning). [`Catalog::read`] reads them, and the generator writes
//! the module `errors` of the generated code.

mod emit;
mod read;

pub(crate) use emit::emit;
pub use read::{Catalog, Entry, Family, StatusEntry, Word};
