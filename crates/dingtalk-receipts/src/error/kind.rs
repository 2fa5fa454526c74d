//! The kinds of failure behind an [`Error`](super::Error). Private, so that a new kind breaks nobody; the public
//! face is its predicates.

/// What failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The caller's arguments. Nothing was sent.
    Argument,
    /// The client's configuration. Nothing was sent.
    Configuration,
    /// No access token could be had from the credentials.
    Credentials,
    /// No connection could be made.
    Connect,
    /// A time limit passed.
    Timeout(Phase),
    /// The connection broke, or the body was cut off or could not be decompressed.
    Transport,
    /// DingTalk answered with an error code or an error status.
    Refused,
    /// The answer is not one of DingTalk's.
    Protocol,
    /// The caller's own journal could not be read or written.
    Journal,
}

/// What the client was doing when a time limit passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Waiting for the client's own rate limit or concurrency limit.
    RateLimit,
    /// Waiting for an access token.
    Token,
    /// Making the connection.
    Connect,
    /// Waiting for the head of the answer.
    Head,
    /// Reading the body of the answer.
    Body,
    /// Waiting between two attempts.
    Pause,
}

impl Phase {
    /// The message of an error that ended this phase.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::RateLimit => "out of time while waiting for the client's own rate limit",
            Self::Token => "out of time while waiting for an access token",
            Self::Connect => "out of time while connecting",
            Self::Head => "out of time while waiting for the answer",
            Self::Body => "out of time while reading the answer",
            Self::Pause => "out of time before the request was sent",
        }
    }

    /// Whether the request had reached the server.
    pub(super) fn sent(self) -> Sent {
        match self {
            Self::RateLimit | Self::Token | Self::Connect | Self::Pause => Sent::No,
            Self::Head => Sent::Maybe,
            Self::Body => Sent::Yes,
        }
    }
}

/// Whether the request reached the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sent {
    /// It did not: the failure came before a byte was sent.
    No,
    /// It may have.
    Maybe,
    /// It did: the server answered.
    Yes,
}

/// Why no further attempt was made although one might have helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GaveUp {
    /// The limit of attempts was reached.
    Attempts,
    /// The next attempt would have come after the deadline.
    Deadline,
    /// The retry budget was empty.
    Budget,
}

impl GaveUp {
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Attempts => "no attempts left",
            Self::Deadline => "no time left before the deadline",
            Self::Budget => "the retry budget is used up",
        }
    }
}
