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

mod answer;
mod app;
mod builder;
mod calls;
mod clock;
mod contract;
mod cursor;
mod delivery;
mod demo;
mod error;
mod fields;
mod gateway;
mod grant;
mod gzip;
mod inner;
mod listener;
mod lock;
mod message;
mod operation;
mod page;
mod page_cache;
mod query;
mod quota;
mod reader;
mod refusal;
mod request;
mod robot;
mod sandbox;
mod schema;
mod script;
#[cfg(feature = "tls")]
mod tasks;
#[cfg(feature = "tls")]
mod tls;
mod token;
mod world;

pub use answer::Answer;
pub use app::{App, DEFAULT_CORP, PERMISSION};
pub use builder::SandboxBuilder;
pub use calls::Call;
pub use clock::Clock;
pub use demo::Demo;
pub use error::StartError;
pub use listener::ConnectionFault;
pub use message::{LastCursor, Message, ReaderLists};
pub use operation::Operation;
pub use quota::{Quota, Usage};
pub use reader::Reader;
pub use refusal::Language;
pub use robot::{Conversation, Robot};
pub use sandbox::Sandbox;
pub use script::{Chaos, Script};
#[cfg(feature = "tls")]
pub use tls::Tls;
pub use token::AnnouncedExpiry;
