//! Cursors: opaque text that names a place in one message's readers and cannot be made up.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, RandomState};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A place in the readers of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Position {
    /// Which page it is, counted from 1.
    pub(crate) page: u32,
    /// How many readers stand before it.
    pub(crate) offset: u64,
}

impl Position {
    pub(crate) const FIRST: Self = Self { page: 1, offset: 0 };
}

/// Makes and reads the cursors of one sandbox. A cursor is bound to its message by a keyed hash, and its numbers are
/// masked, so that no client can come to depend on what is in it.
pub(crate) struct Cursors {
    key: u64,
}

impl Default for Cursors {
    /// Cursors that no other sandbox knows.
    fn default() -> Self {
        Self {
            key: RandomState::new().hash_one(()),
        }
    }
}

impl Cursors {
    /// Cursors that the next sandbox with the demo knows too: whoever tries the demo may go on where it stopped.
    pub(crate) const fn of_the_demo() -> Self {
        Self { key: 0 }
    }

    fn hash(&self, of: impl Hash) -> u64 {
        BuildHasherDefault::<DefaultHasher>::default().hash_one((self.key, of))
    }

    pub(crate) fn write(&self, message: &str, prefix: &str, position: Position) -> String {
        let seal = self.hash((message, position.page, position.offset));
        let (page_mask, offset_mask) = self.masks(message, seal);
        let mut bytes = [0; 20];
        bytes[..8].copy_from_slice(&seal.to_be_bytes());
        bytes[8..12].copy_from_slice(&(position.page ^ page_mask).to_be_bytes());
        bytes[12..].copy_from_slice(&(position.offset ^ offset_mask).to_be_bytes());
        format!("{prefix}{}", STANDARD.encode(bytes))
    }

    /// The place that a cursor names, unless it is not one of this message's.
    pub(crate) fn read(&self, message: &str, prefix: &str, cursor: &str) -> Option<Position> {
        let bytes: [u8; 20] = STANDARD
            .decode(cursor.strip_prefix(prefix)?)
            .ok()?
            .try_into()
            .ok()?;
        let (seal, rest) = bytes.split_first_chunk::<8>()?;
        let (page, rest) = rest.split_first_chunk::<4>()?;
        let (offset, _) = rest.split_first_chunk::<8>()?;
        let seal = u64::from_be_bytes(*seal);
        let (page_mask, offset_mask) = self.masks(message, seal);
        let position = Position {
            page: u32::from_be_bytes(*page) ^ page_mask,
            offset: u64::from_be_bytes(*offset) ^ offset_mask,
        };
        let genuine = self.hash((message, position.page, position.offset)) == seal;
        genuine.then_some(position)
    }

    fn masks(&self, message: &str, seal: u64) -> (u32, u64) {
        let page = self.hash((message, seal, "page")) & u64::from(u32::MAX);
        (
            u32::try_from(page).unwrap_or_default(),
            self.hash((message, seal, "offset")),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_by_its_own_message_only() {
        let cursors = Cursors::default();
        let position = Position {
            page: 3,
            offset: 400,
        };
        let cursor = cursors.write("message", "", position);
        assert_eq!(cursors.read("message", "", &cursor), Some(position));
        assert_eq!(cursors.read("another", "", &cursor), None);
        assert_eq!(Cursors::default().read("message", "", &cursor), None);
        let cursor = Cursors::of_the_demo().write("message", "", position);
        assert_eq!(
            Cursors::of_the_demo().read("message", "", &cursor),
            Some(position)
        );
    }

    #[test]
    fn made_up_and_altered_cursors_are_not_read() {
        let cursors = Cursors::default();
        let cursor = cursors.write(
            "message",
            "",
            Position {
                page: 2,
                offset: 200,
            },
        );
        for made_up in [
            "50",
            "",
            "AAAA",
            "游标",
            &cursor[1..],
            &format!("{cursor}A"),
        ] {
            assert_eq!(cursors.read("message", "", made_up), None, "{made_up}");
        }
        let mut bytes = STANDARD.decode(&cursor).unwrap();
        for place in 0..bytes.len() {
            bytes[place] ^= 1;
            assert_eq!(
                cursors.read("message", "", &STANDARD.encode(&bytes)),
                None,
                "byte {place}"
            );
            bytes[place] ^= 1;
        }
    }
}
