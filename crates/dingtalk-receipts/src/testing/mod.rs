//! A client for your own tests, whose answers you write down beforehand. No socket, no server, no waiting.
//!
//! ```
//! use dingtalk_receipts::testing::{Reply, Script};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let script = Script::new()
//!     .reply(Reply::page(["manager1234"]).next("cursor"))
//!     .reply(Reply::error("system.error"))
//!     .reply(Reply::page(["manager5678"]));
//! let client = script.client()?;
//!
//! let receipts = client.read_status("key").conversation("cid").robot("robot").collect().await?;
//! assert_eq!(receipts.readers.len(), 2);
//!
//! // The client tried the second page again, with the same cursor.
//! let cursors: Vec<_> = script.calls().into_iter().map(|call| call.cursor).collect();
//! assert_eq!(cursors, [None, Some("cursor".to_owned()), Some("cursor".to_owned())]);
//! # Ok::<(), dingtalk_receipts::Error>(())
//! # }).unwrap();
//! ```
//!
//! Everything but the wire is the real client: arguments are checked, failures are retried, pages are followed, and
//! what a reply gets wrong is an error as it would be from DingTalk. Time is the client's
//! [clock](crate::ClientBuilder::clock), so in a runtime whose time is paused no pause takes time.

mod call;
mod reply;
mod script;
mod stage;

pub use call::Call;
pub use reply::Reply;
pub use script::Script;
