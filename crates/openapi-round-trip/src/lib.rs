#![doc = include_str!("../README.md")]

mod compare;
mod document;
mod forbidden;
mod generated_type;
mod loss;
mod program;
mod values;

pub use generated_type::GeneratedType;
pub use loss::Loss;
pub use program::{losses, main};
