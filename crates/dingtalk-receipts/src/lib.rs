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
//! A message is named by its process query key, which the operation that sent it returned, and by the group and the
//! robot, or by a webhook robot's token.
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
//! # When it fails
//!
//! There is one [`Error`]. Its text says in one line what happened and what DingTalk said; its predicates say what to
//! do. A run that failed goes on from the page that failed:
//!
//! ```no_run
//! # use dingtalk_receipts::{Client, ReadStatus};
//! # async fn run(client: Client, query: ReadStatus) {
//! match query.collect().await {
//!     Ok(receipts) => println!("{} have read it", receipts.readers.len()),
//!     Err(error) if error.is_permission_denied() => {
//!         println!("grant the app {:?}", error.required_scopes());
//!     }
//!     Err(error) if error.is_retryable() => {
//!         let so_far = error.partial().map_or(0, |receipts| receipts.readers.len());
//!         println!("{so_far} so far; the rest from {:?}", error.resume_cursor());
//!     }
//!     Err(error) => println!("{error}"),
//! }
//! # }
//! ```
//!
//! [`error_codes`] lists what each of DingTalk's codes means and what this client does about it.
//!
//! # Limits
//!
//! | limit | default | set by |
//! |---|---|---|
//! | calls in a second | 20, as documented | [`rate_limit`](ClientBuilder::rate_limit) |
//! | requests under way at once | 64 | [`concurrency`](ClientBuilder::concurrency) |
//! | making a connection | 5 s | [`connect_timeout`](ClientBuilder::connect_timeout) |
//! | one attempt | 10 s | [`attempt_timeout`](ClientBuilder::attempt_timeout) |
//! | one page with all its attempts | 60 s | [`call_timeout`](ClientBuilder::call_timeout) |
//! | a run of pages | none | [`total_timeout`](ReadStatus::total_timeout) |
//! | attempts for a page | 5, and a budget that clones share | [`retry`](ClientBuilder::retry) |
//! | bytes of an answer | 8 MiB | [`max_body_size`](ClientBuilder::max_body_size) |
//!
//! # Access tokens
//!
#![doc = include_str!("auth/credentials.md")]
//!
//! # Watching it work
//!
#![doc = include_str!("observed.md")]
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `rustls` (default) | TLS by rustls, with the platform's certificates |
//! | `native-tls` | TLS by the platform's own library; with `rustls` on as well, `rustls` is used |
//! | `file-store` (default) | `FileTokenStore`: tokens shared by processes |
//! | `blocking` | `blocking`: the same without `async` |
//! | `testing` | `testing`: a client whose answers a test scripts |
//! | `metrics` | measurements for the `metrics` facade; spans for `tracing` are always there |

mod access_token;
mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call_budget;
mod client;
mod clock;
mod connection;
mod cursor;
mod cursor_text;
mod decode;
mod dedup;
mod encoding;
mod error;
#[doc = include_str!("error/reference.md")]
pub mod error_codes {}
mod executor;
mod expected;
mod fields;
mod future;
mod many;
mod members;
mod metrics;
mod pager;
mod pages;
mod query;
mod read_many;
mod read_status;
mod readers;
mod recall;
mod receipts;
mod region;
mod response;
mod send;
mod task;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod trace;
mod transport;
mod watch;
mod webhook_token;

pub use access_token::AccessToken;
#[cfg(feature = "file-store")]
pub use auth::FileTokenStore;
pub use auth::{
    CorpApp, Credentials, InternalApp, IssuedToken, MemoryTokenStore, ProviderError, StaticToken,
    StoreKey, StoreLock, StoreRecord, ThirdPartyApp, TicketSource, TokenAsk, TokenInfo,
    TokenOrigin, TokenProvider, TokenStore,
};
pub use builder::ClientBuilder;
pub use client::Client;
pub use clock::{Clock, Sleep, TokioClock};
pub use cursor::Cursor;
pub use error::{Advice, Error, ErrorCode, ErrorKind, Phase, Result, Sent};
pub use executor::{Backoff, Jitter, RateLimit, RetryPolicy};
pub use expected::{Checklist, Expected};
pub use future::BoxFuture;
pub use many::{
    Answer, FileJournal, Journal, JournalDamage, JournalOptions, JournalScope, MessageKey, Outcome,
    Progress, ReadMany, Record, Refusal,
};
pub use members::{Member, Members, MembersPage, MembersQuery};
pub use pages::Pages;
pub use query::ReadStatus;
pub use readers::Readers;
pub use recall::{Recall, Recalled};
pub use receipts::{Page, Reader, Receipts, SendStatus};
pub use region::Region;
pub use send::{Card, Message, SendMessage, SentMessage};
pub use watch::{Change, End, Watch};
