//! A local stand-in for DingTalk, driven by the contract.
//!
//! A [`Sandbox`] listens on loopback and answers the operations of the contract as the vendor's
//! servers do: pages of readers behind opaque cursors, access tokens that expire, quota, and errors
//! with their codes, statuses and bodies. It knows the contract alone and shares no code with any
//! client of it, so a mistake in one cannot hide in the other. [Scripts](Script) and
//! [random faults](Chaos) make it fail in every way that a network can.
//!
//! ```
//! use dingtalk_receipts_sandbox::{App, Message, Operation, Sandbox};
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! let sandbox = Sandbox::builder()
//!     .app(App::internal("ding-key", "secret"))
//!     .message(Message::new("key").conversation("cid").robot("robot").readers(1_000))
//!     .start()
//!     .await?;
//!
//! let page: serde_json::Value = reqwest::Client::new()
//!     .post(format!("{}/v1.0/robot/groupMessages/query", sandbox.url()))
//!     .header("x-acs-dingtalk-access-token", sandbox.static_token())
//!     .json(&serde_json::json!({
//!         "processQueryKey": "key", "openConversationId": "cid", "robotCode": "robot",
//!         "maxResults": 2,
//!     }))
//!     .send()
//!     .await?
//!     .json()
//!     .await?;
//!
//! assert_eq!(page["readUserIds"], serde_json::json!(["user000000", "user000001"]));
//! assert_eq!(page["hasMore"], true);
//! assert_eq!(sandbox.count(Operation::Query), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it can be made to do
//!
//! | To see how a client takes | do |
//! | --- | --- |
//! | pages of every shape: empty ones, overlaps, odd or circling cursors, nulls, readers from outside | the methods of [`Message`] |
//! | a message that is not ready, is being read, is recalled, has expired | the same, and [`Sandbox::clock`] |
//! | any documented error, or one that nobody knows | [`Answer::error`], [`Answer::error_with`], [`Robot`], [`App`] |
//! | a token that expires, is revoked, or is said to live for `-1` seconds | [`Clock::advance`], [`Sandbox::revoke`], [`Sandbox::announce_expiry`] |
//! | throttling and a month that is used up | [`SandboxBuilder::quota`] |
//! | proxies' pages, redirects, address bans, `Retry-After`, foreign envelopes | [`Answer::gateway_page`], [`Answer::redirect`], [`Answer::address_ban`], [`Answer::header`], [`Answer::json`] |
//! | resets, closes, truncation, drips, stalls, lies about the length, garbage | the methods of [`Answer`], [`ConnectionFault`], [`Unreachable`] |
//! | bodies without end, corrupt gzip, bombs | [`Answer::endless`], [`Answer::corrupt_gzip`], [`Answer::gzip_bomb`] |
//! | connections that were closed while idle | [`Answer::closed_afterwards`], [`Sandbox::close_connections`] |
//! | any of these at random, the same each time | [`Chaos`] |
//! | something that happens while a call is under way | [`Gate`], [`Sandbox::called`] |
//! | certificates and HTTP/2 | `Tls`, with the feature `tls` |
//!
//! # Time
//!
//! Delays are tokio's, so a test with paused time does not wait, whatever it lets the sandbox do. Tokens, quota and
//! messages go by the sandbox's own [`Clock`], which is tokio's time plus what a test adds.
//!
//! # What is not known of the vendor
//!
//! Where no document says what the vendor does, the sandbox has a switch, and its default is a guess: the page size
//! of a query that names none, the last page's cursor ([`LastCursor`]), whether a suite's older token lives on
//! ([`App::old_tokens_survive`]), the status of `unauthorized.client` ([`App::unauthorized_status`]). A client must be
//! right either way.

mod authentication;
mod builder;
mod calls;
mod contract;
mod default_response;
mod error;
mod faults;
mod http;
mod lock;
mod model;
mod sandbox;
mod state;

pub use builder::SandboxBuilder;
pub use calls::Call;
pub use contract::operation::Operation;
pub use contract::refusal::Language;
pub use error::StartError;
pub use faults::answer::Answer;
pub use faults::chaos::Chaos;
pub use faults::connection::ConnectionFault;
pub use faults::gate::Gate;
pub use faults::script::Script;
#[cfg(feature = "tls")]
pub use http::tls::Tls;
pub use http::unreachable::Unreachable;
pub use model::app::{App, DEFAULT_CORP, PERMISSION};
pub use model::clock::Clock;
pub use model::demo::Demo;
pub use model::message::{LastCursor, Message, ReaderLists};
pub use model::quota::{Quota, Usage};
pub use model::reader::Reader;
pub use model::robot::{Conversation, Robot};
pub use model::token::AnnouncedExpiry;
pub use sandbox::Sandbox;
