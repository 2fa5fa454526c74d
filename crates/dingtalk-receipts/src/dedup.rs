//! Deduplication of readers and cursors by fingerprints, since a run may have a million readers.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hash, Hasher};

use foldhash::fast::RandomState;

use crate::receipts::Reader;

/// Small tables grow one after the other, so that growing never needs a second copy of everything.
const SHARDS: usize = 64;

/// A set that remembers texts by 96 bits of two independently keyed hashes, whatever their length: 15 to 30 bytes an
/// entry. That two of two million texts collide is less likely than one in 10^16, and nobody can make them collide
/// who does not know the keys.
#[derive(Debug, Clone)]
pub(crate) struct FingerprintSet {
    /// Two keys for each kind of text: what is alike but not of one kind stays apart.
    keys: [[RandomState; 2]; 3],
    shards: Vec<Shard>,
}

type Shard = HashSet<Fingerprint, BuildHasherDefault<PassThrough>>;

impl Default for FingerprintSet {
    fn default() -> Self {
        let keys = std::array::from_fn(|_| [RandomState::default(), RandomState::default()]);
        let shards = vec![Shard::default(); SHARDS];
        Self { keys, shards }
    }
}

impl FingerprintSet {
    /// Remembers `text`. False if it was here before.
    pub(crate) fn insert(&mut self, text: &str) -> bool {
        self.remember(0, text)
    }

    /// Remembers a reader by both ids. False if either was here before: a person may come by user id and union id on
    /// one page, and by one of them on another.
    pub(crate) fn insert_reader(&mut self, reader: &Reader) -> bool {
        let user = reader.user_id.as_deref();
        let union = reader.union_id.as_deref();
        // Both are remembered, whatever is known of the first.
        user.is_none_or(|id| self.remember(1, id)) & union.is_none_or(|id| self.remember(2, id))
    }

    /// Whether a reader who goes by `id` was here, be it a user id or a union id.
    pub(crate) fn has_reader(&self, id: &str) -> bool {
        [1, 2].into_iter().any(|kind| {
            let (shard, fingerprint) = self.fingerprint(kind, id);
            self.shards[shard].contains(&fingerprint)
        })
    }

    fn remember(&mut self, kind: usize, text: &str) -> bool {
        let (shard, fingerprint) = self.fingerprint(kind, text);
        self.shards[shard].insert(fingerprint)
    }

    fn fingerprint(&self, kind: usize, text: &str) -> (usize, Fingerprint) {
        let [one, other] = &self.keys[kind];
        let (high, low) = (hash(one, text), hash(other, text));
        let fingerprint = Fingerprint([(high >> 32) as u32, high as u32, (low >> 32) as u32]);
        (low as usize % SHARDS, fingerprint)
    }
}

fn hash(key: &RandomState, text: &str) -> u64 {
    let mut hasher = key.build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// What is kept of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fingerprint([u32; 3]);

impl Hash for Fingerprint {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(u64::from(self.0[0]) << 32 | u64::from(self.0[1]));
    }
}

/// The entries of the set are hashes already.
#[derive(Debug, Clone, Default)]
struct PassThrough(u64);

impl Hasher for PassThrough {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_new_once() {
        let mut seen = FingerprintSet::default();
        for round in 0..2 {
            for number in 0..10_000 {
                assert_eq!(seen.insert(&format!("user{number}")), round == 0);
            }
        }
    }

    #[test]
    fn a_reader_is_known_by_either_id() {
        let reader = |user: Option<&str>, union: Option<&str>| {
            Reader::new(user.map(str::to_owned), union.map(str::to_owned))
        };
        let mut seen = FingerprintSet::default();
        assert!(seen.insert_reader(&reader(Some("u1"), Some("x1"))));
        assert!(!seen.insert_reader(&reader(Some("u1"), None)));
        assert!(!seen.insert_reader(&reader(None, Some("x1"))));
        assert!(seen.insert_reader(&reader(None, Some("x2"))));
        assert!(!seen.insert_reader(&reader(Some("u2"), Some("x2"))));
        assert!(!seen.insert_reader(&reader(Some("u2"), None)));
        assert!(
            seen.insert_reader(&reader(None, Some("u1"))),
            "a union id that looks like a user id"
        );
    }
}
