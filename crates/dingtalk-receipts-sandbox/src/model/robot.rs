//! Robots, and the conversations that they are in.

/// A robot. Built with [`Robot::new`] and given to [`SandboxBuilder::robot`](crate::SandboxBuilder::robot).
#[derive(Clone)]
pub struct Robot {
    pub(crate) code: String,
    pub(crate) app: Option<String>,
    pub(crate) refusal: Option<String>,
    pub(crate) webhook_token: Option<String>,
}

impl Robot {
    /// A robot that works, for any app.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            app: None,
            refusal: None,
            webhook_token: None,
        }
    }

    /// Only the app with this key may use the robot; others are answered `auth.error`.
    #[must_use]
    pub fn app(self, key: impl Into<String>) -> Self {
        Self {
            app: Some(key.into()),
            ..self
        }
    }

    /// The robot has been stopped: `bot.stopped`.
    #[must_use]
    pub fn stopped(self) -> Self {
        self.refused("bot.stopped")
    }

    /// The robot's template has been stopped: `template.stopped`.
    #[must_use]
    pub fn template_stopped(self) -> Self {
        self.refused("template.stopped")
    }

    /// The robot's template is gone: `template.not.existed`.
    #[must_use]
    pub fn template_gone(self) -> Self {
        self.refused("template.not.existed")
    }

    /// Every query by this robot is refused with `code`, with the status that the contract gives the code.
    #[must_use]
    pub fn refused(self, code: impl Into<String>) -> Self {
        Self {
            refusal: Some(code.into()),
            ..self
        }
    }

    /// The token of the robot's webhook, which a query may name instead of a conversation.
    #[must_use]
    pub fn webhook_token(self, token: impl Into<String>) -> Self {
        Self {
            webhook_token: Some(token.into()),
            ..self
        }
    }
}

impl std::fmt::Debug for Robot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Robot")
            .field("code", &self.code)
            .field("app", &self.app)
            .field("refusal", &self.refusal)
            .finish_non_exhaustive()
    }
}

/// A group conversation.
#[derive(Clone, Debug)]
pub struct Conversation {
    pub(crate) id: String,
    pub(crate) corp: Option<String>,
    pub(crate) robots: Vec<String>,
}

impl Conversation {
    /// A conversation of the default corp, without robots.
    pub fn new(open_conversation_id: impl Into<String>) -> Self {
        Self {
            id: open_conversation_id.into(),
            corp: None,
            robots: Vec::new(),
        }
    }

    /// The corp that the conversation belongs to. A token of another corp is answered `conversation.org.dismatch`.
    #[must_use]
    pub fn corp(self, corp_id: impl Into<String>) -> Self {
        Self {
            corp: Some(corp_id.into()),
            ..self
        }
    }

    /// Puts a robot into the conversation.
    #[must_use]
    pub fn robot(mut self, code: impl Into<String>) -> Self {
        self.robots.push(code.into());
        self
    }
}
