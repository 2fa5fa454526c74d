//! The generated bindings as the code that is written on them sees them.

mod errors;
mod requests;
mod types;
