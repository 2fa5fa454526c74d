//! Pages, readers, cursors.

mod law;
mod limits;
mod memory;
mod ready;
mod restart;
mod stream;
mod traps;
