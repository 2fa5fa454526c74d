//! What a watch gives.

use serde::{Deserialize, Serialize};

use crate::receipts::{Reader, SendStatus};

/// Something new about a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Change {
    /// Somebody has read it who had not before.
    Reader(Reader),
    /// What became of the message: at the first poll, and whenever that changes.
    SendStatus(SendStatus),
    /// The watch is over; nothing follows.
    End(End),
}

/// Why a watch is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum End {
    /// The message was recalled.
    Recalled,
    /// All [expected](crate::Watch::expect) people have read it.
    AllRead,
    /// As many as [wanted](crate::Watch::target) have read it.
    Target,
    /// The [total timeout](crate::Watch::total_timeout) passed.
    Deadline,
    /// The [calls](crate::Watch::max_calls) are used up.
    Calls,
}
