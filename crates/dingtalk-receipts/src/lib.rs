//! Who has read this message? A client for DingTalk robot messages in groups.
//!
//! ```no_run
//! use dingtalk_receipts::{Client, InternalApp, Region};
//!
//! # async fn run() -> dingtalk_receipts::Result<()> {
//! let client = Client::builder()
//!     .region(Region::International)
//!     .credentials(InternalApp::new("the app key", "the app secret"))
//!     .build()?;
//!
//! let mut readers = client
//!     .read_status("the process query key")
//!     .conversation("the open conversation id")
//!     .robot("the robot code")
//!     .readers();
//! while let Some(reader) = readers.try_next().await? {
//!     println!("{}", reader.id());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What to ask
//!
//! | | |
//! |---|---|
//! | one page | [`send`](ReadStatus::send) |
//! | all readers, as they come | [`readers`](ReadStatus::readers), [`pages`](ReadStatus::pages) |
//! | all readers at once | [`collect`](ReadStatus::collect) |
//! | who has not read it yet | [`expect`](ReadStatus::expect) |
//! | who reads it from now on | [`watch`](ReadStatus::watch) |
//! | the rest of a run that stopped | [`Client::resume`] |
//! | the readers of many messages | [`Client::read_many`] |
//!
//! With the feature `blocking` there is the same without `async`, in the module `blocking`; with the feature
//! `testing`, a client for your own tests, in the module `testing`.
//!
//! # Access tokens
//!
#![doc = include_str!("auth/credentials.md")]

mod allowance;
mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
mod client;
mod clock;
mod cursor;
mod dedup;
mod error;
mod expected;
mod fields;
mod many;
mod meter;
mod pager;
mod pages;
mod query;
mod readers;
mod receipts;
mod region;
mod task;
#[cfg(feature = "testing")]
pub mod testing;
mod trace;
mod transport;
mod watch;

#[cfg(feature = "file-store")]
pub use auth::FileTokenStore;
pub use auth::{
    AccessToken, BoxFuture, CorpApp, Credentials, InternalApp, IssuedToken, MemoryTokenStore,
    ProviderError, StaticToken, StoreKey, StoreLock, StoreRecord, ThirdPartyApp, TicketSource,
    TokenAsk, TokenInfo, TokenOrigin, TokenProvider, TokenStore,
};
pub use builder::ClientBuilder;
pub use call::{Backoff, Jitter, Quota, RetryPolicy};
pub use client::Client;
pub use clock::{Clock, Sleep, TokioClock};
pub use cursor::Cursor;
pub use error::{Advice, Error, ErrorCode, ErrorKind, Phase, Result, Sent};
pub use expected::Expected;
pub use many::{Answer, FileJournal, Journal, MessageKey, Progress, ReadMany, Record};
pub use pages::Pages;
pub use query::ReadStatus;
pub use readers::Readers;
pub use receipts::{Page, Reader, Receipts, SendStatus};
pub use region::Region;
pub use watch::{Change, End, Watch};
