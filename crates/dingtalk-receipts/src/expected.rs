//! Who of a list of people has read the message, and who has not.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::cursor::Cursor;
use crate::receipts::{Reader, SendStatus};

/// Who of the expected people has read the message: from [`ReadStatus::expect`](crate::ReadStatus::expect), or from a
/// [watch](crate::Watch::expected).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Expected {
    /// Those who have read it, as they were named, in the order in which they were.
    pub read: Vec<String>,
    /// Those who have not, in the same order. If the run is not [complete](Self::complete): who was not met.
    pub unread: Vec<String>,
    /// Whether the answer is final for the moment it was asked at: everybody was met, or the last page was reached.
    pub complete: bool,
    /// What became of the message, as the newest page that says so has it.
    pub send_status: Option<SendStatus>,
    /// How many pages were asked for.
    pub pages: u64,
    /// Where to go on, if a limit ended the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// A list of people, ticked off as they are met. People are named by user id, or by union id where they have no other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roll {
    names: Vec<String>,
    places: HashMap<String, usize>,
    met: Vec<bool>,
    missing: usize,
}

impl Roll {
    /// Each name counts once; blank ones do not count.
    pub(crate) fn of(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut roll = Self::default();
        for name in names {
            let name = name.into();
            if name.trim().is_empty() || roll.places.contains_key(&name) {
                continue;
            }
            roll.places.insert(name.clone(), roll.names.len());
            roll.names.push(name);
        }
        roll.missing = roll.names.len();
        roll.met = vec![false; roll.missing];
        roll
    }

    /// Ticks off whoever goes by an id of `reader`. False if nobody does who was not met before.
    pub(crate) fn meet(&mut self, reader: &Reader) -> bool {
        let missing = self.missing;
        for id in [&reader.user_id, &reader.union_id].into_iter().flatten() {
            if let Some(place) = self.places.get(id)
                && !std::mem::replace(&mut self.met[*place], true)
            {
                self.missing -= 1;
            }
        }
        self.missing < missing
    }

    /// Ticks off everybody whose name `is_met` knows.
    pub(crate) fn meet_all(&mut self, is_met: impl Fn(&str) -> bool) {
        for (name, met) in self.names.iter().zip(&mut self.met) {
            if !*met && is_met(name) {
                *met = true;
                self.missing -= 1;
            }
        }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.missing == 0
    }

    pub(crate) fn answer(&self) -> Expected {
        let who = |met: bool| {
            let named = self.names.iter().zip(&self.met);
            named
                .filter(|(_, is)| **is == met)
                .map(|(name, _)| name.clone())
                .collect()
        };
        Expected {
            read: who(true),
            unread: who(false),
            ..Expected::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_ticked_off_by_either_id_and_once() {
        let mut roll = Roll::of(["a", "X", " ", "b", "a"]);
        roll.meet(&Reader::new(Some("a".to_owned()), Some("A".to_owned())));
        roll.meet(&Reader::new(Some("a".to_owned()), None));
        roll.meet(&Reader::new(Some("x".to_owned()), Some("X".to_owned())));
        let Expected { read, unread, .. } = roll.answer();
        assert_eq!(
            (read, unread),
            (vec!["a".to_owned(), "X".to_owned()], vec!["b".to_owned()])
        );
        assert!(!roll.is_done());
    }

    #[test]
    fn nobody_expected_is_everybody_met() {
        assert!(Roll::of([""; 0]).is_done());
    }
}
