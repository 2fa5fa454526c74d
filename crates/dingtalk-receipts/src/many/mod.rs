//! Asking for the readers of many messages.
//!
//! Several messages are under way at once, behind the client's own rate limit. Each is answered when it is complete or
//! has failed; one failure stops nothing. With a journal, what was answered is not asked again by a later run.

mod answer;
mod file;
mod header;
mod journal;
mod lines;
mod options;
mod refusal;
mod scope;
mod stream;

pub use answer::{Answer, Progress};
pub use file::FileJournal;
pub use journal::{Journal, MessageKey, Outcome, Record};
pub use lines::JournalDamage;
pub use options::JournalOptions;
pub use refusal::Refusal;
pub use scope::JournalScope;
pub use stream::ReadMany;

pub(crate) use stream::FromIter;
