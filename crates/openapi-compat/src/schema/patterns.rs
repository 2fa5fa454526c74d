//! Regular expressions as sets of strings: a shortest string that some of them match and another
//! does not, or the certainty that there is none.
//!
//! Each expression becomes a deterministic automaton; a walk over all of them at once, byte by
//! byte, finds the string. Expressions that no automaton can decide (look-around, back references)
//! and walks that grow too long are answered with "cannot say".

use std::collections::{HashMap, VecDeque};

use regex_automata::dfa::{Automaton, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, MatchKind, util::start};

/// How many combinations of states a walk may meet.
const MAX_STATES: usize = 20_000;
/// Up to which length the walk counts characters.
const MAX_LENGTH: u64 = 300;
/// How large one automaton may become, in bytes.
const MAX_AUTOMATON: usize = 1 << 20;

/// A question for a string.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'p> {
    /// The string matches all of these.
    pub(crate) matching: &'p [&'p str],
    /// It does not match this.
    pub(crate) except: Option<&'p str>,
    /// Its least length, in code points.
    pub(crate) min: u64,
    /// Its greatest length, in code points.
    pub(crate) max: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    String(String),
    Nothing,
    CannotSay,
}

type Dfa = dense::DFA<Vec<u32>>;

/// The shortest string that is wanted.
pub(crate) fn find(wanted: Wanted<'_>) -> Found {
    if wanted.max.is_some_and(|max| max < wanted.min) {
        return Found::Nothing;
    }
    if wanted.matching.is_empty() && wanted.except.is_none() {
        let length = usize::try_from(wanted.min)
            .ok()
            .filter(|&length| length <= 1 << 16);
        return length.map_or(Found::CannotSay, |length| Found::String("a".repeat(length)));
    }
    if wanted.min > MAX_LENGTH {
        return Found::CannotSay;
    }
    // "Anything" keeps the walk within UTF-8.
    let all = wanted
        .matching
        .iter()
        .copied()
        .chain(std::iter::once(""))
        .chain(wanted.except);
    let automata: Option<Vec<Dfa>> = all.map(automaton).collect();
    let Some(automata) = automata else {
        return Found::CannotSay;
    };
    Walk {
        automata: &automata,
        wanted,
    }
    .run()
}

/// An automaton that accepts a whole string if the expression matches anywhere in it.
fn automaton(pattern: &str) -> Option<Dfa> {
    let pattern = jsonschema_regex::to_rust_regex(pattern).ok()?;
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(regex_automata::dfa::StartKind::Anchored)
                .match_kind(MatchKind::All)
                .dfa_size_limit(Some(MAX_AUTOMATON))
                .determinize_size_limit(Some(MAX_AUTOMATON)),
        )
        .build(&format!("(?s:.)*?(?:{pattern})(?s:.)*"))
        .ok()
}

struct Walk<'a> {
    automata: &'a [Dfa],
    wanted: Wanted<'a>,
}

/// Where a walk is: the state of each automaton, and how many characters it has seen, counted as
/// far as the lengths asked for need.
type Place = (Vec<StateID>, u64);

impl Walk<'_> {
    fn run(&self) -> Found {
        let config = start::Config::new().anchored(Anchored::Yes);
        let begin: Result<Vec<StateID>, _> = self
            .automata
            .iter()
            .map(|dfa| dfa.start_state(&config))
            .collect();
        let Ok(begin) = begin else {
            return Found::CannotSay;
        };
        let alphabet = self.alphabet();
        let mut seen: HashMap<Place, usize> = HashMap::from([((begin.clone(), 0), 0)]);
        let mut trail: Vec<(usize, u8)> = vec![(0, 0)];
        let mut queue: VecDeque<(Place, usize)> = VecDeque::from([((begin, 0), 0)]);
        while let Some((place, index)) = queue.pop_front() {
            if self.accepts(&place) {
                return read_back(&trail, index);
            }
            for &byte in &alphabet {
                let Some(next) = self.step(&place, byte) else {
                    continue;
                };
                if seen.contains_key(&next) {
                    continue;
                }
                if seen.len() >= MAX_STATES {
                    return Found::CannotSay;
                }
                trail.push((index, byte));
                seen.insert(next.clone(), trail.len() - 1);
                queue.push_back((next, trail.len() - 1));
            }
        }
        Found::Nothing
    }

    /// Where a byte leads; nowhere if the string can no longer be wanted.
    fn step(&self, (states, length): &Place, byte: u8) -> Option<Place> {
        let begins_character = byte & 0xC0 != 0x80;
        let counts_to = self
            .wanted
            .max
            .map_or(self.wanted.min, |max| max.saturating_add(1))
            .min(MAX_LENGTH + 1);
        let length = (length + u64::from(begins_character)).min(counts_to);
        if self.wanted.max.is_some_and(|max| length > max) {
            return None;
        }
        let next: Vec<StateID> = self
            .automata
            .iter()
            .zip(states)
            .map(|(dfa, &state)| dfa.next_state(state, byte))
            .collect();
        let must_match = self.automata.len() - usize::from(self.wanted.except.is_some());
        let dead = self.automata.iter().zip(&next).take(must_match);
        (!dead
            .into_iter()
            .any(|(dfa, &state)| dfa.is_dead_state(state) || dfa.is_quit_state(state)))
        .then_some((next, length))
    }

    fn accepts(&self, (states, length): &Place) -> bool {
        let must_match = self.automata.len() - usize::from(self.wanted.except.is_some());
        *length >= self.wanted.min
            && self
                .automata
                .iter()
                .zip(states)
                .enumerate()
                .all(|(index, (dfa, &state))| {
                    dfa.is_match_state(dfa.next_eoi_state(state)) == (index < must_match)
                })
    }

    /// One byte of each class that no automaton tells apart, letters and digits first.
    fn alphabet(&self) -> Vec<u8> {
        let readable = (b'a'..=b'z')
            .chain(b'0'..=b'9')
            .chain(b'A'..=b'Z')
            .chain(b' '..=b'~');
        let mut classes: HashMap<Vec<u8>, u8> = HashMap::new();
        let mut alphabet = Vec::new();
        for byte in readable.chain(0..=u8::MAX) {
            let mut class: Vec<u8> = self
                .automata
                .iter()
                .map(|dfa| dfa.byte_classes().get(byte))
                .collect();
            class.push(u8::from(byte & 0xC0 == 0x80));
            classes.entry(class).or_insert_with(|| {
                alphabet.push(byte);
                byte
            });
        }
        alphabet
    }
}

fn read_back(trail: &[(usize, u8)], mut index: usize) -> Found {
    let mut bytes = Vec::new();
    while index != 0 {
        let Some(&(before, byte)) = trail.get(index) else {
            break;
        };
        bytes.push(byte);
        index = before;
    }
    bytes.reverse();
    String::from_utf8(bytes).map_or(Found::CannotSay, Found::String)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(matching: &[&str], except: &str) -> Found {
        find(Wanted {
            matching,
            except: Some(except),
            min: 0,
            max: None,
        })
    }

    #[test]
    fn finds_a_shortest_difference() {
        assert_eq!(between(&["^a*$"], "^b*$"), Found::String("a".into()));
        assert_eq!(
            between(&["^[a-z]+$"], "^[a-y]+$"),
            Found::String("z".into())
        );
        assert_eq!(between(&[], "^.{2,}$"), Found::String(String::new()));
    }

    #[test]
    fn proves_that_there_is_none() {
        assert_eq!(between(&["^[a-y]+$"], "^[a-z]+$"), Found::Nothing);
        assert_eq!(between(&["^ab$"], "a"), Found::Nothing);
        assert_eq!(between(&[r"^\d{4}$"], "^[0-9]+$"), Found::Nothing);
    }

    #[test]
    fn a_bound_beyond_all_lengths_is_none() {
        let endless = find(Wanted {
            matching: &["^a+$"],
            except: None,
            min: 2,
            max: Some(u64::MAX),
        });
        assert_eq!(endless, Found::String("aa".into()));
    }

    #[test]
    fn counts_code_points() {
        let wanted = Wanted {
            matching: &["^[a-z]{3}$"],
            except: None,
            min: 4,
            max: None,
        };
        assert_eq!(find(wanted), Found::Nothing);
        let wanted = Wanted {
            matching: &["^é+$"],
            except: None,
            min: 2,
            max: Some(3),
        };
        assert_eq!(find(wanted), Found::String("éé".into()));
    }

    #[test]
    fn says_when_it_cannot() {
        assert_eq!(between(&["^(?=a)"], "b"), Found::CannotSay);
    }
}
