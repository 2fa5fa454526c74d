//! Sending and recalling messages, and the members of a group, waited for.

use std::sync::Arc;
use std::time::Duration;

use super::client::Client;
use super::iter::{Blocking, Iter};
use super::query::ReadStatus;
use super::runtime::Runtime;
use super::same::same;
use crate::error::{Error, Result};
use crate::{Member, MembersPage, Message, Recalled, SentMessage};

impl Client {
    /// As [`crate::Client::send`].
    pub fn send(&self, message: Message) -> SendMessage {
        SendMessage {
            inner: self.inner.send(message),
            runtime: Arc::clone(&self.runtime),
        }
    }

    /// As [`crate::Client::read_status_of`].
    pub fn read_status_of(&self, sent: &SentMessage) -> ReadStatus {
        ReadStatus::new(self.inner.read_status_of(sent), Arc::clone(&self.runtime))
    }

    /// As [`crate::Client::recall`].
    pub fn recall<K: Into<String>>(&self, keys: impl IntoIterator<Item = K>) -> Recall {
        Recall {
            inner: self.inner.recall(keys),
            runtime: Arc::clone(&self.runtime),
        }
    }

    /// As [`crate::Client::members`].
    pub fn members(&self, open_conversation_id: impl Into<String>) -> MembersQuery {
        MembersQuery {
            inner: self.inner.members(open_conversation_id),
            runtime: Arc::clone(&self.runtime),
        }
    }
}

/// A message that is about to be sent. The blocking form of [`crate::SendMessage`].
#[derive(Debug, Clone)]
#[must_use = "a message goes nowhere until it is sent"]
pub struct SendMessage {
    inner: crate::SendMessage,
    runtime: Arc<Runtime>,
}

impl SendMessage {
    same! { SendMessage:
        to(open_conversation_id: impl Into<String>);
        robot(robot_code: impl Into<String>);
        webhook_token(token: impl Into<String>);
        cool_app(code: impl Into<String>);
        call_timeout(limit: Duration);
    }

    /// As [`crate::SendMessage::send`].
    ///
    /// # Errors
    ///
    /// As there; and within an async runtime.
    pub fn send(self) -> Result<SentMessage> {
        self.runtime.wait(self.inner.send())?
    }
}

/// Messages that are about to be recalled. The blocking form of [`crate::Recall`].
#[derive(Debug, Clone)]
#[must_use = "nothing is recalled until this is sent"]
pub struct Recall {
    inner: crate::Recall,
    runtime: Arc<Runtime>,
}

impl Recall {
    same! { Recall:
        conversation(open_conversation_id: impl Into<String>);
        robot(robot_code: impl Into<String>);
    }

    /// As [`crate::Recall::send`].
    ///
    /// # Errors
    ///
    /// As there; and within an async runtime.
    pub fn send(self) -> Result<Recalled> {
        self.runtime.wait(self.inner.send())?
    }
}

/// A list of the members of a group. The blocking form of [`crate::MembersQuery`].
#[derive(Debug, Clone)]
#[must_use = "a query asks nothing until it is sent"]
pub struct MembersQuery {
    inner: crate::MembersQuery,
    runtime: Arc<Runtime>,
}

/// The members of a group by pages. The blocking form of [`crate::Members`].
pub type Members = Iter<crate::Members>;

impl MembersQuery {
    same! { MembersQuery:
        cool_app(code: impl Into<String>);
    }

    /// As [`crate::MembersQuery::pages`].
    pub fn pages(self) -> Members {
        Iter::new(self.inner.pages(), self.runtime)
    }

    /// As [`crate::MembersQuery::collect`].
    ///
    /// # Errors
    ///
    /// As there; and within an async runtime.
    pub fn collect(self) -> Result<Vec<Member>> {
        self.runtime.wait(self.inner.collect())?
    }
}

impl Blocking for crate::Members {
    fn refusal(&self, error: Error) -> Result<MembersPage> {
        Err(error)
    }
}
