//! The operations that the sandbox answers, linked to the contract by their operation id.

use std::fmt;

/// An operation of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Operation {
    /// The read-status query, `queryReadStatus`.
    Query,
    /// The access token of an internal app, `createAppAccessToken`.
    AppToken,
    /// The access token of a third-party app for one corp, `createCorpAccessToken`.
    CorpToken,
    /// The unified access token by client credentials, `createToken`.
    Token,
}

impl Operation {
    /// Every operation, in the contract's order.
    pub const ALL: [Self; 4] = [Self::Query, Self::AppToken, Self::CorpToken, Self::Token];

    /// The operation's id in the contract.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Query => "queryReadStatus",
            Self::AppToken => "createAppAccessToken",
            Self::CorpToken => "createCorpAccessToken",
            Self::Token => "createToken",
        }
    }

    /// Whether the operation hands out access tokens.
    #[must_use]
    pub const fn is_token(self) -> bool {
        !matches!(self, Self::Query)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
