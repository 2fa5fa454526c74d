//! The public surface of generated code: what its users see, without what it does.

mod items;
mod origin;
mod reduce;

pub use items::Item;
pub(crate) use items::items;
pub(crate) use reduce::surface;
