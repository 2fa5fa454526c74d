//! Whose answers a journal holds: one server's, as one app sees them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::auth::Auth;
use crate::client::Client;

/// The server that answers and the app that asks. Another server, or an app in another organisation, has other messages
/// under the same keys, so a [journal](crate::Journal) belongs to one of each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JournalScope {
    /// The base URL.
    pub server: String,
    /// A hash of the app's key and its organisation. `None` where the client has an access token only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<String>,
}

impl JournalScope {
    /// The scope of what this client is answered.
    pub fn of(client: &Client) -> Self {
        let owner = match &client.auth {
            Auth::Static(_, owner) => owner,
            Auth::Issued(cache) => cache.source().subject(),
        };
        let parts = [owner.key.as_deref(), owner.corp.as_deref()];
        let known = parts.iter().any(Option::is_some);
        Self {
            server: owner.base_url.trim_end_matches('/').to_owned(),
            app: known.then(|| hash("app", &parts.map(Option::unwrap_or_default))),
        }
    }

    /// Why answers of `other` cannot be kept beside those of this scope.
    pub(super) fn differs(&self, other: &Self) -> Option<String> {
        if self.server != other.server {
            return Some(format!(
                "it is of the server {}, and this run asks {}",
                self.server, other.server
            ));
        }
        match (&self.app, &other.app) {
            (one, other) if one == other => None,
            (Some(_), Some(_)) => {
                Some("it is of another app, or of another organisation".to_owned())
            }
            (Some(_), None) => Some(
                "it is of an app, and this run has an access token that does not say which app it is of"
                    .to_owned(),
            ),
            (None, _) => Some(
                "it is of a run with an access token that does not say which app it is of"
                    .to_owned(),
            ),
        }
    }
}

/// A hash in hexadecimal that does not give away what went into it. `what` keeps hashes of different things apart.
pub(super) fn hash(what: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in [&["dingtalk-receipts journal", what], parts].concat() {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing to a text does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
