//! A sandbox that is ready to be asked: an app of each kind, one robot, one conversation, one message.

use crate::model::app::DEFAULT_CORP;

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
    /// The corp. The demo's apps take any other one for it, too.
    pub corp_id: String,
    /// The key of the third-party app.
    pub suite_key: String,
    /// The secret of the third-party app.
    pub suite_secret: String,
    /// A ticket of the third-party app, which takes any.
    pub suite_ticket: String,
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
            corp_id: DEFAULT_CORP.to_owned(),
            suite_key: "suitesandboxdemo0001".to_owned(),
            suite_secret: "sandbox-demo-suite-secret".to_owned(),
            suite_ticket: "sandbox-demo-suite-ticket".to_owned(),
        }
    }
}
