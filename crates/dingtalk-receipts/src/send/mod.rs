//! The operation that sends a message to a group.
//!
//! [`message`] is what can be sent, checked and written as content; [`request`] says where it goes; [`operation`] tells
//! the executor how the request is built and its response decoded.

mod card;
mod message;
mod operation;
mod request;
mod sent;

pub use card::Card;
pub use message::Message;
pub use request::SendMessage;
pub use sent::SentMessage;
