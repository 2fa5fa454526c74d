//! The operations that the sandbox serves, linked to the contract by their operation id.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Mutex;

use crate::lock::lock;

/// An operation of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Operation {
    /// Sending a message to a group, `sendGroupMessage`.
    Send,
    /// Recalling messages, `recallGroupMessages`.
    Recall,
    /// The members of a group, `listGroupMembers`.
    Members,
    /// The read-status query, `queryReadStatus`.
    Query,
    /// The access token of an internal app, `createAppAccessToken`.
    AppToken,
    /// The access token of a third-party app for one corp, `createCorpAccessToken`.
    CorpToken,
    /// The unified access token by client credentials, `createToken`.
    Token,
    /// Any other operation of the contract, by its operation id: its response is the example of its lowest status of
    /// success. Use [`named`](Self::named), which knows the other variants.
    Other(&'static str),
}

impl Operation {
    /// The operations that the sandbox implements.
    pub const ALL: [Self; 7] = [
        Self::Query,
        Self::Send,
        Self::Recall,
        Self::Members,
        Self::AppToken,
        Self::CorpToken,
        Self::Token,
    ];

    /// The operation with this id in the contract.
    ///
    /// ```
    /// use dingtalk_receipts_sandbox::Operation;
    ///
    /// assert_eq!(Operation::named("queryReadStatus"), Operation::Query);
    /// assert_eq!(Operation::named("listGroups").id(), "listGroups");
    /// ```
    #[must_use]
    pub fn named(id: &'static str) -> Self {
        Self::implemented(id).unwrap_or(Self::Other(id))
    }

    /// The operation with an id that was read from a contract. Ids of operations that the sandbox does not implement
    /// are kept until the process ends, each of them once: an operation is a small value that is copied freely.
    pub(crate) fn read(id: &str) -> Self {
        static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
        if let Some(operation) = Self::implemented(id) {
            return operation;
        }
        let mut kept = lock(&KEPT);
        let id = match kept.get(id) {
            Some(known) => known,
            None => {
                let new: &'static str = Box::leak(id.into());
                kept.insert(new);
                new
            }
        };
        Self::Other(id)
    }

    fn implemented(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.id() == id)
    }

    /// The operation's id in the contract.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Query => "queryReadStatus",
            Self::Send => "sendGroupMessage",
            Self::Recall => "recallGroupMessages",
            Self::Members => "listGroupMembers",
            Self::AppToken => "createAppAccessToken",
            Self::CorpToken => "createCorpAccessToken",
            Self::Token => "createToken",
            Self::Other(id) => id,
        }
    }

    /// Whether the operation issues access tokens.
    #[must_use]
    pub const fn is_token(self) -> bool {
        matches!(self, Self::AppToken | Self::CorpToken | Self::Token)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
