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

/// A list of expected people, ticked off as they are met. People are named by user id, or by union id where they have
/// no other.
#[derive(Debug, Clone, Default)]
pub struct Checklist {
    names: Vec<String>,
    places: HashMap<String, usize>,
    met: Vec<bool>,
    unmet: usize,
}

impl Checklist {
    /// Each name counts once; blank ones do not count.
    pub fn new(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut checklist = Self::default();
        for name in names {
            let name = name.into();
            if name.trim().is_empty() || checklist.places.contains_key(&name) {
                continue;
            }
            checklist.places.insert(name.clone(), checklist.names.len());
            checklist.names.push(name);
        }
        checklist.unmet = checklist.names.len();
        checklist.met = vec![false; checklist.unmet];
        checklist
    }

    /// Ticks off the person who goes by an id of `reader`. False if there is none, or only one who was met before.
    pub fn meet(&mut self, reader: &Reader) -> bool {
        let unmet = self.unmet;
        for id in [&reader.user_id, &reader.union_id].into_iter().flatten() {
            if let Some(place) = self.places.get(id)
                && !std::mem::replace(&mut self.met[*place], true)
            {
                self.unmet -= 1;
            }
        }
        self.unmet < unmet
    }

    /// Ticks off all people whose names `is_met` knows.
    pub fn meet_all(&mut self, is_met: impl Fn(&str) -> bool) {
        for (name, met) in self.names.iter().zip(&mut self.met) {
            if !*met && is_met(name) {
                *met = true;
                self.unmet -= 1;
            }
        }
    }

    /// Whether all people were met.
    pub fn is_complete(&self) -> bool {
        self.unmet == 0
    }

    /// The people who were met, as they were named, in the order in which they were.
    pub fn read(&self) -> impl Iterator<Item = &str> {
        self.with(true)
    }

    /// The people who were not met, in the same order.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        self.with(false)
    }

    fn with(&self, met: bool) -> impl Iterator<Item = &str> {
        let named = self.names.iter().zip(&self.met);
        named
            .filter(move |(_, is)| **is == met)
            .map(|(name, _)| name.as_str())
    }

    /// The people, of a run that is not complete.
    pub(crate) fn expected(&self) -> Expected {
        Expected {
            read: self.read().map(str::to_owned).collect(),
            unread: self.unread().map(str::to_owned).collect(),
            ..Expected::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_ticked_off_by_either_id_and_once() {
        let mut checklist = Checklist::new(["a", "X", " ", "b", "a"]);
        checklist.meet(&Reader::new(Some("a".to_owned()), Some("A".to_owned())));
        checklist.meet(&Reader::new(Some("a".to_owned()), None));
        checklist.meet(&Reader::new(Some("x".to_owned()), Some("X".to_owned())));
        let Expected { read, unread, .. } = checklist.expected();
        assert_eq!(
            (read, unread),
            (vec!["a".to_owned(), "X".to_owned()], vec!["b".to_owned()])
        );
        assert!(!checklist.is_complete());
    }

    #[test]
    fn nobody_expected_is_everybody_met() {
        assert!(Checklist::new([""; 0]).is_complete());
    }
}
