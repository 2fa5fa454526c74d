//! A local stand-in for DingTalk, driven by the contract, for tests and demos.
//!
//! A [`Sandbox`] listens on loopback and serves the operations of the contract as the vendor's servers do: messages
//! that are sent, read and recalled, pages of readers behind opaque cursors, members of groups, access tokens that
//! expire, quota, and errors with their codes, statuses and bodies. It shares no code with any client of the contract,
//! so that a mistake in one cannot hide in the other. [Scripts](Script) and [random faults](Chaos) inject faults of
//! the server and the network.
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
//! # Testing a client
//!
//! | To test how a client handles | use |
//! | --- | --- |
//! | pages of every shape: empty ones, overlaps, odd or circling cursors, nulls, readers from outside | the methods of [`Message`] |
//! | a message that is sent, read along a [curve](ReadingCurve), and recalled in part | [`Conversation`], [`RecallOutcome`], [`Sandbox::sent`] |
//! | a response that is lost after the call was executed | [`Answer::executed`], [`Answer::reset_after_request`] |
//! | robots that are muted, stopped, absent or too fast; groups that are disbanded or not the app's own | [`Robot`], [`Conversation`], [`SendLimit`] |
//! | a message that is not ready, is being read, is recalled, has expired | the same, and [`Sandbox::clock`] |
//! | any error, documented or not | [`Answer::error`], [`Answer::error_with`], [`Robot`], [`App`] |
//! | a token that expires, is revoked, or is announced to be valid for `-1` seconds | [`Clock::advance`], [`Sandbox::revoke`], [`Sandbox::announce_expiry`] |
//! | throttling and a month that is used up | [`SandboxBuilder::quota`] |
//! | proxies' pages, redirects, address bans, `Retry-After`, foreign envelopes | [`Answer::gateway_page`], [`Answer::redirect`], [`Answer::address_ban`], [`Answer::header`], [`Answer::json`] |
//! | resets, closes, truncation, slow bodies, stalls, wrong lengths, garbage | the methods of [`Answer`], [`ConnectionFault`], [`Unreachable`] |
//! | bodies without end, corrupt gzip, bombs | [`Answer::endless`], [`Answer::corrupt_gzip`], [`Answer::gzip_bomb`] |
//! | connections that were closed while idle | [`Answer::closed_afterwards`], [`Sandbox::close_connections`] |
//! | any of these at random, the same each time | [`Chaos`] |
//! | something that happens while a call is under way | [`Gate`], [`Sandbox::called`] |
//! | certificates and HTTP/2 | `Tls`, with the feature `tls` |
//!
//! # Time
//!
//! Delays are tokio's, so that a test with paused time does not wait for them. Tokens, quota and
//! messages go by the sandbox's own [`Clock`], which is tokio's time plus what a test adds.
//!
//! # Operations without an implementation
//!
//! The response of an operation that stands in the contract and that the sandbox does not implement is the example of
//! its lowest status of success, after the checks that every operation gets: token, quota, parameters, request body.
//! [`SandboxBuilder::contract`] serves a contract of your own; [`Operation::named`] names its operations in tests.
//!
//! # What is not known of the vendor
//!
//! Where no document says what the vendor does, the sandbox has a switch, and its default is a guess: the page size
//! of a query that names none, the last page's cursor ([`LastCursor`]), whether a suite's older token lives on
//! ([`App::old_tokens_survive`]), the status of `unauthorized.client` ([`App::unauthorized_status`]), how long a message
//! is being processed ([`Conversation::processing`]). Guesses without a switch, which a script can change: recalling a
//! message again succeeds; recalling fails as a whole only if none of its keys is known; a type of message that the
//! contract does not list is refused; querying a disbanded group goes on. A client must handle each case.

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
pub use model::app::{App, DEFAULT_CORP, MEMBERS_PERMISSION, PERMISSION};
pub use model::clock::Clock;
pub use model::conversation::Conversation;
pub use model::demo::Demo;
pub use model::member::Member;
pub use model::message::{LastCursor, Message, ReaderLists, RecallOutcome};
pub use model::quota::{Quota, Usage};
pub use model::reader::Reader;
pub use model::reading_curve::ReadingCurve;
pub use model::robot::Robot;
pub use model::send_limit::SendLimit;
pub use model::sent::SentMessage;
pub use model::token::AnnouncedExpiry;
pub use sandbox::Sandbox;
