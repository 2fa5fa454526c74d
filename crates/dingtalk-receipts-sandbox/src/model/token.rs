//! The access tokens that are out, and until when.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;

use crate::contract::operation::Operation;
use crate::model::app::{App, AppKind};

/// What a token operation says about how long its token lives. The truth is kept either way.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum AnnouncedExpiry {
    /// The true number of seconds.
    #[default]
    True,
    /// Nothing: the field is not there.
    Missing,
    /// This, whatever it is: `0`, `-1`, `"7200"`, `null`, `1e18`.
    Value(Value),
}

/// A token that is out.
#[derive(Clone)]
pub(crate) struct IssuedToken {
    /// The app's place among the apps.
    pub(crate) app: usize,
    pub(crate) corp: String,
    /// When it ends; a static token does not.
    ends: Option<Duration>,
}

/// All tokens of one sandbox.
#[derive(Default)]
pub(crate) struct Tokens {
    issued: HashMap<String, IssuedToken>,
    newest: HashMap<(usize, String, Operation), String>,
    pub(crate) announced: AnnouncedExpiry,
}

impl Tokens {
    /// A token that does not end unless revoked.
    pub(crate) fn put_static(&mut self, token: String, app: usize, corp: &str) {
        self.issued.insert(
            token,
            IssuedToken {
                app,
                corp: corp.to_owned(),
                ends: None,
            },
        );
    }

    /// Who `token` was issued to, while it is valid.
    pub(crate) fn find(&self, token: &str, now: Duration) -> Option<&IssuedToken> {
        self.issued
            .get(token)
            .filter(|issued| issued.ends.is_none_or(|end| now < end))
    }

    /// Ends a token; whether there was one.
    pub(crate) fn revoke(&mut self, token: &str) -> bool {
        self.issued.remove(token).is_some()
    }

    /// Ends every token that an operation issued.
    pub(crate) fn revoke_all(&mut self) {
        self.issued.retain(|_, issued| issued.ends.is_none());
    }

    /// Issues a token. An internal app gets the one it has, extended; a suite gets a new one each time.
    pub(crate) fn issue(
        &mut self,
        (place, app): (usize, &App),
        corp: &str,
        operation: Operation,
        now: Duration,
    ) -> String {
        let ends = now.saturating_add(app.lifetime);
        let key = (place, corp.to_owned(), operation);
        if let Some(held) = self.newest.get(&key).cloned() {
            let valid = self.find(&held, now).is_some();
            if app.kind == AppKind::Internal && valid {
                if let Some(issued) = self.issued.get_mut(&held) {
                    issued.ends = Some(ends);
                }
                return held;
            }
            if !app.old_tokens_survive {
                self.issued.remove(&held);
            }
        }
        self.issued
            .retain(|_, issued| issued.ends.is_none_or(|end| now < end));
        let token = format!("{:032x}", fastrand::u128(..));
        self.issued.insert(
            token.clone(),
            IssuedToken {
                app: place,
                corp: corp.to_owned(),
                ends: Some(ends),
            },
        );
        self.newest.insert(key, token.clone());
        token
    }
}
