//! The contract's error catalog.

use serde::Deserialize;

/// One entry of the contract's error catalog.
#[derive(Deserialize)]
pub(crate) struct Documented {
    pub(crate) code: String,
    statuses: Vec<u16>,
    kind: String,
    pub(crate) origin: String,
    pub(crate) en: String,
    pub(crate) zh: String,
}

impl Documented {
    /// The status that the sandbox answers with. Where the documents name several, a failure of the server takes
    /// the highest, and anything else the first that blames the request.
    pub(crate) fn status(&self) -> u16 {
        let highest = self.statuses.iter().copied().max();
        let blaming = self
            .statuses
            .iter()
            .copied()
            .find(|status| (400..500).contains(status));
        let chosen = if self.kind == "unavailable" {
            highest
        } else {
            blaming.or(highest)
        };
        chosen.unwrap_or(400)
    }
}
