//! Under which name a token is stored.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::auth::token_info::TokenSubject;

/// The name of a token in a [`TokenStore`](super::TokenStore): 64 hexadecimal digits, fit for the name of a file or
/// of a key in a database. Different apps, corps, hosts and kinds of credentials have different names; nothing can be
/// told from one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StoreKey(String);

impl StoreKey {
    pub(crate) fn of(subject: &TokenSubject) -> Self {
        Self(digest(
            "key",
            &[
                &subject.base_url,
                subject.kind,
                subject.key.as_deref().unwrap_or_default(),
                subject.corp.as_deref().unwrap_or_default(),
            ],
        ))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 of `parts`, each with its length, so that no two lists come out the same.
pub(super) fn digest(purpose: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(&purpose).chain(parts) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            for digit in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(digit), 16));
            }
            text
        })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn subject(base_url: &str, kind: &'static str, key: &str, corp: Option<&str>) -> TokenSubject {
        TokenSubject {
            kind,
            key: Some(key.to_owned()),
            corp: corp.map(str::to_owned),
            base_url: base_url.to_owned(),
        }
    }

    #[test]
    fn no_two_subjects_share_a_name() {
        let subjects = [
            subject("https://api.dingtalk.io", "app", "k", None),
            subject("https://api.dingtalk.com", "app", "k", None),
            subject("https://api.dingtalk.io", "internal app", "k", None),
            subject("https://api.dingtalk.io", "app", "k2", None),
            subject("https://api.dingtalk.io", "app", "k", Some("c")),
            subject("https://api.dingtalk.io", "app", "kc", None),
            subject("https://api.dingtalk.io", "app", "", Some("kc")),
        ];
        let names: HashSet<_> = subjects.iter().map(StoreKey::of).collect();
        assert_eq!(names.len(), subjects.len());
    }

    #[test]
    fn a_name_is_fit_for_a_file() {
        let name = StoreKey::of(&subject("../..", "app", "a/b", Some("c\0d")));
        assert_eq!(name.as_str().len(), 64);
        assert!(name.as_str().bytes().all(|byte| byte.is_ascii_hexdigit()));
    }

    #[test]
    fn the_digest_is_sha_256() {
        // Of the eight bytes of the length 0, by another implementation.
        assert_eq!(
            digest("", &[]),
            "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc"
        );
    }
}
