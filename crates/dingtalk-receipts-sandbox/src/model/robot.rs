//! Robots.

use crate::model::send_limit::SendLimit;

/// A robot. Built with [`Robot::new`] and given to [`SandboxBuilder::robot`](crate::SandboxBuilder::robot).
#[derive(Clone)]
pub struct Robot {
    pub(crate) code: String,
    pub(crate) app: Option<String>,
    pub(crate) refusal: Option<String>,
    pub(crate) webhook_token: Option<String>,
    pub(crate) muted: bool,
    pub(crate) send_limit: Option<SendLimit>,
}

impl Robot {
    /// A robot that works, for any app.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            app: None,
            refusal: None,
            webhook_token: None,
            muted: false,
            send_limit: None,
        }
    }

    /// Only the app with this key may use the robot. Queries by others are answered `auth.error`, sending
    /// `invalidParameter.robotCode.auth`, recalling `not.allowed.robotCode`.
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

    /// Every call for this robot is refused with `code`, with the status that the contract gives the code.
    #[must_use]
    pub fn refused(self, code: impl Into<String>) -> Self {
        Self {
            refusal: Some(code.into()),
            ..self
        }
    }

    /// The robot may not send: `bot.forbidden.sendMessage`. Its earlier messages can be queried and recalled.
    #[must_use]
    pub fn muted(self) -> Self {
        Self {
            muted: true,
            ..self
        }
    }

    /// Limits how often the robot may send to one group: `send.too.fast`. There is no limit unless set: the vendor
    /// publishes none for robots of apps. Sending by a webhook's token has [`SendLimit::WEBHOOK`].
    #[must_use]
    pub fn send_limit(self, limit: SendLimit) -> Self {
        Self {
            send_limit: Some(limit),
            ..self
        }
    }

    /// The token of the robot's webhook, which a query or a message may name instead of a conversation.
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
