//! What makes an export: the [`run`], what it [writes](writer), and the [`journal`] that lets it go on.

mod journal;
mod run;
mod writer;

pub(crate) use journal::Journal;
pub(crate) use run::Run;
pub(crate) use writer::Writer;
