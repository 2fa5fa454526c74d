//! Pages, readers, cursors.

mod law;
mod limits;
mod memory;
mod restart;
mod stream;
mod traps;
