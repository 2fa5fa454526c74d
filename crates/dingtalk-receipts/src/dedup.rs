//! Which readers and cursors came before: remembered by a hash, since a run may have a million readers.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher};

use foldhash::quality::RandomState;

/// A set that remembers texts by 128 bits of two independently keyed hashes: 17 to 35 bytes an entry, however long
/// the text. That two of a million texts collide is less likely than one in 10^26.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    keys: [RandomState; 2],
    hashes: HashSet<u128, BuildHasherDefault<Folded>>,
}

impl Seen {
    /// Remembers `text`. False if it was here before.
    pub(crate) fn insert(&mut self, text: &str) -> bool {
        let [high, low] = [0, 1].map(|key| self.keys[key].hash_one(text));
        self.hashes.insert(u128::from(high) << 64 | u128::from(low))
    }
}

/// The keys of the set are hashes already.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folded(u64);

impl Hasher for Folded {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, hash: u128) {
        self.0 = (hash >> 64) as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_new_once() {
        let mut seen = Seen::default();
        for round in 0..2 {
            for number in 0..10_000 {
                assert_eq!(seen.insert(&format!("user{number}")), round == 0);
            }
        }
    }
}
