//! The client without `async`: the same names, and iterators where there are streams.
//!
//! ```no_run
//! use dingtalk_receipts::blocking::Client;
//! use dingtalk_receipts::AccessToken;
//!
//! # fn run() -> dingtalk_receipts::Result<()> {
//! let client = Client::builder().credentials(AccessToken::new("the access token")?).build()?;
//! let query = client.read_status("the process query key").conversation("cid").robot("robot");
//! for reader in query.readers() {
//!     println!("{}", reader?.id());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Each client, with its clones, has a small async runtime of its own, which works on the thread that waits. Within
//! an async runtime, waiting would stop everything else there; so every call is an error that says so, and asks
//! nothing. This is so in `spawn_blocking`, too: there, use a thread of your own, or the async client.

mod builder;
mod client;
mod iter;
mod many;
mod messages;
mod pages;
mod query;
mod readers;
mod runtime;
mod same;
mod watch;

pub use builder::ClientBuilder;
pub use client::Client;
pub use many::ReadMany;
pub use messages::{Members, MembersQuery, Recall, SendMessage};
pub use pages::Pages;
pub use query::ReadStatus;
pub use readers::Readers;
pub use watch::Watch;
