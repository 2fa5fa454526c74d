//! The request builder: which messages, of which group and robot; and what became of them.

use std::collections::BTreeMap;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use dingtalk_receipts_api::types;

use super::operation::RecallMessages;
use crate::client::Client;
use crate::error::{Error, Result};

/// The most messages of one call (KB 0725).
const MAX_KEYS: usize = 20;

impl Client {
    /// Begins to recall messages, by the process query keys that sending returned. All of one group and one robot.
    ///
    /// Trying again is safe. Until when a message can be recalled is not documented.
    ///
    /// ```no_run
    /// # async fn example(client: dingtalk_receipts::Client) -> dingtalk_receipts::Result<()> {
    /// let recalled = client
    ///     .recall(["Kna29Ra5pdJznx1ghavbumkQKwDzgfxZLapw55G7x0Q="])
    ///     .conversation("cid6KeBBLoveMJOGXoYKF5x7EeiodoA==")
    ///     .robot("dingue4kfzdxbyn0pjqd")
    ///     .await?;
    /// for (key, reason) in &recalled.failed {
    ///     println!("{key}: {reason}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn recall<K: Into<String>>(&self, keys: impl IntoIterator<Item = K>) -> Recall {
        Recall {
            client: self.clone(),
            keys: keys.into_iter().map(Into::into).collect(),
            conversation: String::new(),
            robot: String::new(),
        }
    }
}

/// Messages that are about to be recalled, as [`Client::recall`] begins it. Awaiting it recalls them.
#[derive(Debug, Clone)]
#[must_use = "nothing is recalled until this is awaited"]
pub struct Recall {
    client: Client,
    keys: Vec<String>,
    conversation: String,
    robot: String,
}

/// What became of messages that were to be recalled. A partial failure is data, not an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recalled {
    /// The keys of the messages that were recalled.
    pub recalled: Vec<String>,
    /// The keys of those that were not, each with DingTalk's reason; `SYSTEM_ERROR` is the only documented one.
    pub failed: BTreeMap<String, String>,
    /// The keys that the response does not mention.
    pub unanswered: Vec<String>,
}

impl Recalled {
    /// Whether every message was recalled.
    pub fn is_complete(&self) -> bool {
        self.failed.is_empty() && self.unanswered.is_empty()
    }
}

impl Recall {
    /// The group that the messages were sent to, by its open conversation id.
    pub fn conversation(mut self, open_conversation_id: impl Into<String>) -> Self {
        self.conversation = open_conversation_id.into();
        self
    }

    /// The robot that sent the messages, by its robot code.
    pub fn robot(mut self, robot_code: impl Into<String>) -> Self {
        self.robot = robot_code.into();
        self
    }

    /// Recalls the messages, 20 a call, one call after the other. A key that is there twice is sent once.
    ///
    /// # Errors
    ///
    /// An argument is missing, which is found before anything is sent; or a call failed. Messages of calls before it
    /// may have been recalled then; recalling all of them again is safe.
    pub async fn send(self) -> Result<Recalled> {
        let keys = self.check()?;
        let client = &self.client;
        let mut outcome = Recalled::default();
        for chunk in keys.chunks(MAX_KEYS) {
            let operation = RecallMessages {
                api: &client.shared.api,
                body: types::RecallGroupMessagesRequest {
                    open_conversation_id: self.conversation.clone(),
                    robot_code: self.robot.clone(),
                    process_query_keys: chunk.to_vec(),
                },
            };
            let response = client.execute(&operation, client.shared.limits).await?;
            outcome.add(chunk, response);
        }
        Ok(outcome)
    }

    /// The keys without repetitions, in their order.
    fn check(&self) -> Result<Vec<String>> {
        let missing = |what: &str| Err(Error::argument(what.to_owned()));
        if self.conversation.trim().is_empty() {
            return missing(
                "the group is not named; give its open conversation id to `.conversation(..)`",
            );
        }
        if self.robot.trim().is_empty() {
            return missing("the robot is not named; give its robot code to `.robot(..)`");
        }
        let mut keys: Vec<String> = Vec::with_capacity(self.keys.len());
        let mut seen = std::collections::HashSet::new();
        for key in &self.keys {
            if key.trim().is_empty() {
                return missing("a process query key is empty");
            }
            if seen.insert(key) {
                keys.push(key.clone());
            }
        }
        if keys.is_empty() {
            return missing("there is no process query key to recall");
        }
        Ok(keys)
    }
}

impl Recalled {
    /// Adds what one response says of the keys that were asked for.
    fn add(&mut self, asked: &[String], response: types::RecallGroupMessagesResponse) {
        let recalled = response.success_result.unwrap_or_default();
        let mut failed = response.failed_result.unwrap_or_default();
        for key in asked {
            if let Some(reason) = failed.remove(key) {
                self.failed.insert(key.clone(), reason);
            } else if recalled.contains(key) {
                self.recalled.push(key.clone());
            } else {
                self.unanswered.push(key.clone());
            }
        }
    }
}

impl IntoFuture for Recall {
    type Output = Result<Recalled>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
