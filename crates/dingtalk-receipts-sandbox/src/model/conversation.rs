//! Group conversations: their robots and their members.

use std::time::Duration;

use crate::model::app::DEFAULT_CORP;
use crate::model::member::Member;
use crate::model::reading_curve::ReadingCurve;

/// A group conversation.
#[derive(Clone, Debug)]
pub struct Conversation {
    pub(crate) id: String,
    pub(crate) corp: Option<String>,
    pub(crate) robots: Vec<String>,
    generated: u64,
    listed: Vec<Member>,
    pub(crate) reading: ReadingCurve,
    pub(crate) processing: Duration,
    pub(crate) disbanded: bool,
    pub(crate) sending_forbidden: bool,
    pub(crate) members_hidden: bool,
}

impl Conversation {
    /// A conversation of the default corp, without robots and members.
    pub fn new(open_conversation_id: impl Into<String>) -> Self {
        Self {
            id: open_conversation_id.into(),
            corp: None,
            robots: Vec::new(),
            generated: 0,
            listed: Vec::new(),
            reading: ReadingCurve::default(),
            processing: Duration::from_secs(1),
            disbanded: false,
            sending_forbidden: false,
            members_hidden: false,
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

    /// This many made-up members, [`Member::generated`] 0, 1, 2 and so on.
    #[must_use]
    pub fn members(self, count: u64) -> Self {
        Self {
            generated: count,
            ..self
        }
    }

    /// Exactly these members, after any made-up ones.
    #[must_use]
    pub fn member_list(self, members: impl IntoIterator<Item = Member>) -> Self {
        Self {
            listed: members.into_iter().collect(),
            ..self
        }
    }

    /// When the members read a message that is sent to the conversation.
    #[must_use]
    pub fn reading(self, curve: ReadingCurve) -> Self {
        Self {
            reading: curve,
            ..self
        }
    }

    /// How long a message that is sent to the conversation is `PROCESSING` before it is `SUCCESS`. Defaults to one
    /// second.
    #[must_use]
    pub fn processing(self, time: Duration) -> Self {
        Self {
            processing: time,
            ..self
        }
    }

    /// The group has been disbanded: sending is answered `group.disbanded`.
    #[must_use]
    pub fn disbanded(self) -> Self {
        Self {
            disbanded: true,
            ..self
        }
    }

    /// Sending to the group is forbidden: `send.forbidden`.
    #[must_use]
    pub fn sending_forbidden(self) -> Self {
        Self {
            sending_forbidden: true,
            ..self
        }
    }

    /// The group is not one of the app's own: listing its members is answered `groupPermissionDenied`.
    #[must_use]
    pub fn members_hidden(self) -> Self {
        Self {
            members_hidden: true,
            ..self
        }
    }

    pub(crate) fn belongs_to(&self, corp: &str) -> bool {
        self.corp.as_deref().unwrap_or(DEFAULT_CORP) == corp
    }

    pub(crate) fn member_count(&self) -> usize {
        let generated = usize::try_from(self.generated).unwrap_or(usize::MAX);
        generated.saturating_add(self.listed.len())
    }

    pub(crate) fn all_members(&self) -> impl Iterator<Item = Member> {
        let generated = (0..self.generated).map(Member::generated);
        generated.chain(self.listed.iter().cloned())
    }
}
