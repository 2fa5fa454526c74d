//! What is stored of a token, and when to believe it.

use std::fmt;
use std::time::{Duration, SystemTime};

use dingtalk_receipts_api::Secret;
use serde::{Deserialize, Serialize};

use super::key::{StoreKey, digest};
use crate::access_token::AccessToken;
use crate::auth::issued::Issued;
use crate::auth::issued::MAX_LIFETIME;
use crate::auth::token_info::TokenOrigin;

/// The version of the format. A record of another is not read.
const VERSION: u8 = 1;

/// How far another process's clock may be ahead of this one's.
const SKEW: Duration = Duration::from_secs(60);

/// What a [`TokenStore`](super::TokenStore) keeps: some hundred bytes of text with an access token in it. It is not
/// shown by `Debug`.
#[derive(Clone)]
pub struct StoreRecord(Secret);

impl StoreRecord {
    /// The text to keep. Handle with care.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// What the store remembers of `grant`, issued at `now` to whoever knows `secret`.
    pub(crate) fn of(grant: &Issued, key: &StoreKey, secret: &Secret, now: SystemTime) -> Self {
        let content = RecordContent {
            version: VERSION,
            issued_ms: millis(now),
            expires_ms: millis(now + grant.left),
            proof: proof(&grant.token, key, secret),
            token: grant.token.secret().clone(),
        };
        // A struct of texts and numbers always serializes.
        Self::from(serde_json::to_string(&content).unwrap_or_default())
    }

    /// The token, if this is a record of it, whole and of some use. It is not if it was written under another key or
    /// with another app secret, by a clock that is ahead of `now`, or if the token has ended.
    pub(crate) fn read(&self, key: &StoreKey, secret: &Secret, now: SystemTime) -> Option<Issued> {
        let content: RecordContent = serde_json::from_str(self.expose()).ok()?;
        let token = AccessToken::new(content.token.expose()).ok()?;
        let now = millis(now);
        let from_the_future = content.issued_ms > now.saturating_add(millis_of(SKEW));
        let lifetime = content
            .expires_ms
            .checked_sub(content.issued_ms)?
            .min(millis_of(MAX_LIFETIME));
        let left = content
            .issued_ms
            .checked_add(lifetime)?
            .checked_sub(now)?
            .min(lifetime);
        let mine = content.version == VERSION && content.proof == proof(&token, key, secret);
        (mine && !from_the_future && left > 0).then(|| Issued {
            token,
            left: Duration::from_millis(left),
            lifetime: Duration::from_millis(lifetime),
            origin: TokenOrigin::Stored,
        })
    }
}

impl From<String> for StoreRecord {
    fn from(text: String) -> Self {
        Self(Secret::from(text))
    }
}

impl fmt::Debug for StoreRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreRecord([redacted])")
    }
}

#[derive(Serialize, Deserialize)]
struct RecordContent {
    version: u8,
    /// Milliseconds since 1970, by the wall clock of whoever wrote it.
    issued_ms: u64,
    expires_ms: u64,
    /// That the writer knew the app's secret: see [`proof`].
    proof: String,
    token: Secret,
}

/// Shows that whoever wrote a record had the app's secret: so a secret that was changed finds no token of the old one,
/// and a record that somebody planted is passed over. The token, which is long and random, keeps the hash from being
/// looked up in a table.
fn proof(token: &AccessToken, key: &StoreKey, secret: &Secret) -> String {
    digest("proof", &[token.expose(), key.as_str(), secret.expose()])
}

fn millis(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .map(millis_of)
        .unwrap_or_default()
}

fn millis_of(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::auth::token_info::TokenSubject;

    const HOUR: Duration = Duration::from_secs(3_600);

    fn key(app: &str) -> StoreKey {
        StoreKey::of(&TokenSubject {
            kind: "app",
            key: Some(app.to_owned()),
            corp: None,
            base_url: String::new(),
        })
    }

    fn secret(text: &str) -> Secret {
        Secret::from(text)
    }

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)
    }

    fn grant() -> Issued {
        Issued::new(AccessToken::new("a-token").unwrap(), 2 * HOUR)
    }

    fn record() -> StoreRecord {
        StoreRecord::of(&grant(), &key("a"), &secret("s"), now())
    }

    #[test]
    fn what_is_written_is_read_with_what_is_left_of_it() {
        let read = record()
            .read(&key("a"), &secret("s"), now() + HOUR)
            .unwrap();
        assert_eq!(read.token.expose(), "a-token");
        assert_eq!((read.left, read.lifetime), (HOUR, 2 * HOUR));
        assert_eq!(read.origin, TokenOrigin::Stored);
    }

    #[test]
    fn what_another_app_or_secret_wrote_is_passed_over() {
        assert!(record().read(&key("b"), &secret("s"), now()).is_none());
        assert!(record().read(&key("a"), &secret("t"), now()).is_none());
    }

    #[test]
    fn a_wall_clock_that_jumped_makes_no_token_live_longer() {
        let read = |now| record().read(&key("a"), &secret("s"), now);
        assert!(read(now() + 24 * HOUR).is_none());
        assert!(read(now() - 24 * HOUR).is_none());
        // Two machines are never quite together.
        assert_eq!(read(now() - SKEW).unwrap().left, 2 * HOUR);
    }

    #[test]
    fn no_record_is_believed_for_longer_than_a_day() {
        let text = record()
            .expose()
            .replace("\"expires_ms\":18000", "\"expires_ms\":98000");
        let read = StoreRecord::from(text).read(&key("a"), &secret("s"), now());
        assert_eq!(read.unwrap().left, MAX_LIFETIME);
    }

    #[test]
    fn a_record_is_not_shown() {
        assert!(!format!("{:?}", record()).contains("a-token"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,200}", seconds in 0..u64::MAX / 2_000) {
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.min(1 << 40));
            let _ = StoreRecord::from(text).read(&key("a"), &secret("s"), now);
        }

        #[test]
        fn a_record_that_is_cut_off_or_changed_is_no_other_token(cut in 0usize..300, flip in 0usize..300, bit in 0u32..7) {
            let text = record().expose().to_owned();
            let cut_off = StoreRecord::from(text[..cut.min(text.len() - 1)].to_owned());
            prop_assert!(cut_off.read(&key("a"), &secret("s"), now()).is_none());
            let mut bytes = text.into_bytes();
            let place = flip % bytes.len();
            bytes[place] ^= 1 << bit;
            let changed = String::from_utf8(bytes).map(StoreRecord::from);
            if let Some(grant) = changed.ok().and_then(|changed| changed.read(&key("a"), &secret("s"), now())) {
                prop_assert_eq!(grant.token.expose(), "a-token");
                prop_assert!(grant.left <= MAX_LIFETIME);
            }
        }

        #[test]
        fn any_times_give_a_lifetime_within_a_day(issued in any::<u64>(), expires in any::<u64>(), at in 0u64..1 << 45) {
            let text = record().expose().to_owned();
            let mut content: serde_json::Value = serde_json::from_str(&text).unwrap();
            content["issued_ms"] = issued.into();
            content["expires_ms"] = expires.into();
            let now = SystemTime::UNIX_EPOCH + Duration::from_millis(at);
            if let Some(grant) = StoreRecord::from(content.to_string()).read(&key("a"), &secret("s"), now) {
                prop_assert!(grant.left <= grant.lifetime && grant.lifetime <= MAX_LIFETIME && !grant.left.is_zero());
            }
        }
    }
}
