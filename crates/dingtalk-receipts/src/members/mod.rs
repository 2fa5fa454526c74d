//! The operation that lists the members of a group.

mod operation;
mod page;
mod request;
mod stream;

pub use page::{Member, MembersPage};
pub use request::MembersQuery;
pub use stream::Members;
