//! A sandbox that is ready to be asked: one app, one robot, one conversation, one message.

use crate::app::App;
use crate::builder::SandboxBuilder;
use crate::message::Message;
use crate::robot::{Conversation, Robot};

/// The values that a query of the demo needs. None of them is secret: they open nothing but a sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Demo {
    /// The message.
    pub process_query_key: String,
    /// The conversation that it was sent to.
    pub open_conversation_id: String,
    /// The robot that sent it.
    pub robot_code: String,
    /// A static access token.
    pub access_token: String,
    /// The key of the internal app.
    pub app_key: String,
    /// The secret of the internal app.
    pub app_secret: String,
}

impl Default for Demo {
    fn default() -> Self {
        Self {
            process_query_key: "c2FuZGJveCBkZW1vIG1lc3NhZ2UgMDAwMQ==".to_owned(),
            open_conversation_id: "cidc2FuZGJveGRlbW8wMDAwMQ==".to_owned(),
            robot_code: "dingsandboxdemo00001".to_owned(),
            access_token: "sandboxdemotoken0000000000000001".to_owned(),
            app_key: "dingsandboxdemo00001".to_owned(),
            app_secret: "sandbox-demo-app-secret".to_owned(),
        }
    }
}

impl Demo {
    /// A builder with the demo in it; its message has this many readers.
    pub(crate) fn builder(self, readers: u64) -> SandboxBuilder {
        SandboxBuilder::default()
            .app(App::internal(&self.app_key, &self.app_secret))
            .static_token(&self.access_token)
            .robot(Robot::new(&self.robot_code).app(&self.app_key))
            .conversation(Conversation::new(&self.open_conversation_id).robot(&self.robot_code))
            .message(
                Message::new(&self.process_query_key)
                    .conversation(&self.open_conversation_id)
                    .robot(&self.robot_code)
                    .readers(readers),
            )
            .with_demo(self)
    }
}
