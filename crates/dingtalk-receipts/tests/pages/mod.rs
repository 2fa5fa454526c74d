//! Pages, readers, cursors.

mod limits;
mod memory;
mod restart;
mod stream;
mod traps;
