//! The request builder: which message, where it goes, and within which limits.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use dingtalk_receipts_api::{Secret, types};

use super::message::Message;
use super::operation::Send;
use super::sent::SentMessage;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::executor::Limits;
use crate::text::is_blank;
use crate::webhook_token;

impl Client {
    /// Begins to send a message to a group.
    ///
    /// Sending is not idempotent, and there is no key that makes it so (KB 0716): it is tried again only where DingTalk
    /// refused the request before executing it, or where nothing was written. After every other failure the message may
    /// have been delivered, and [`Error::is_outcome_unknown`] says so.
    ///
    /// ```no_run
    /// # async fn example(client: dingtalk_receipts::Client) -> dingtalk_receipts::Result<()> {
    /// use dingtalk_receipts::Message;
    ///
    /// let sent = client
    ///     .send(Message::markdown("Deploy", "# Deploy\n\n- ok"))
    ///     .to("cid6KeBBLoveMJOGXoYKF5x7EeiodoA==")
    ///     .robot("dingue4kfzdxbyn0pjqd")
    ///     .await?;
    /// let receipts = client.read_status_of(&sent).collect().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn send(&self, message: Message) -> SendMessage {
        SendMessage {
            client: self.clone(),
            message,
            conversation: None,
            robot: None,
            webhook_token: None,
            cool_app: None,
            limits: self.shared.limits,
        }
    }
}

/// A message that is about to be sent, as [`Client::send`] begins it. Awaiting it sends it.
#[derive(Debug, Clone)]
#[must_use = "a message goes nowhere until it is sent"]
pub struct SendMessage {
    client: Client,
    message: Message,
    conversation: Option<String>,
    robot: Option<String>,
    webhook_token: Option<Secret>,
    cool_app: Option<String>,
    limits: Limits,
}

impl SendMessage {
    /// The group that the message goes to, by its open conversation id. The robot must be in it.
    pub fn to(mut self, open_conversation_id: impl Into<String>) -> Self {
        self.conversation = Some(open_conversation_id.into());
        self
    }

    /// The robot that sends the message, by its robot code: for an app's robot, the app key.
    pub fn robot(mut self, robot_code: impl Into<String>) -> Self {
        self.robot = Some(robot_code.into());
        self
    }

    /// The access token in the address of a webhook robot, instead of a conversation. A secret.
    pub fn webhook_token(mut self, token: impl Into<String>) -> Self {
        self.webhook_token = Some(Secret::from(token.into()));
        self
    }

    /// The cool app that brought the robot into the group; needed where one did.
    pub fn cool_app(mut self, code: impl Into<String>) -> Self {
        self.cool_app = Some(code.into());
        self
    }

    /// The time limit of the call with all its attempts, instead of the client's.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.limits.call = limit;
        self
    }

    /// Sends the message.
    ///
    /// # Errors
    ///
    /// The message or where it goes is wrong, which is found before anything is sent; or the call failed. Where
    /// [`Error::is_outcome_unknown`], the message may have been delivered, and cannot be queried or recalled.
    pub async fn send(self) -> Result<SentMessage> {
        let operation = Send {
            api: &self.client.shared.api,
            body: self.body()?,
        };
        let accepted = self.client.execute(&operation, self.limits).await?;
        Ok(SentMessage {
            process_query_key: accepted.process_query_key,
            conversation: self.conversation,
            robot: self.robot,
            webhook_token: self.webhook_token,
            request_id: accepted.request_id,
        })
    }

    /// Checks what can be checked without asking DingTalk, and writes the body.
    fn body(&self) -> Result<types::SendGroupMessageRequest> {
        let (msg_key, msg_param) = self.message.write()?;
        let token = self.webhook_token.as_ref();
        let is_named = webhook_token::is_given(token);
        if !is_named && is_blank(self.conversation.as_deref()) {
            return Err(Error::argument(
                "the group is not named; give its open conversation id to `.to(..)`, or `.webhook_token(..)`",
            ));
        }
        if !is_named && is_blank(self.robot.as_deref()) {
            return Err(Error::argument(
                "the robot is not named; give its robot code to `.robot(..)`",
            ));
        }
        webhook_token::check(token)?;
        Ok(types::SendGroupMessageRequest {
            msg_key,
            msg_param,
            open_conversation_id: self.conversation.clone(),
            robot_code: self.robot.clone(),
            token: self.webhook_token.clone(),
            cool_app_code: self.cool_app.clone(),
        })
    }
}

impl IntoFuture for SendMessage {
    type Output = Result<SentMessage>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + std::marker::Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
