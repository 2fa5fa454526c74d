//! Random faults: which calls meet one, decided for each request by itself.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use fastrand::Rng;

use crate::faults::answer::Answer;

/// Random faults: each call is answered with one of them at its rate, by a generator with a seed.
///
/// Each request (its path and its body) has draws of its own: the first time it comes it meets its first draw, sent
/// again it meets the next. So the same requests meet the same faults in whatever order, and however many at once, they
/// come.
#[derive(Clone, Debug)]
pub struct Chaos {
    seed: u64,
    faults: Vec<(f64, Answer)>,
    limit: u32,
}

impl Chaos {
    /// No faults yet.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self {
            seed,
            faults: Vec::new(),
            limit: u32::MAX,
        }
    }

    /// One more fault, with its share of the calls between 0 and 1. Shares add up; together they are at most 1.
    #[must_use]
    pub fn rate(mut self, share: f64, answer: Answer) -> Self {
        self.faults.push((share.clamp(0.0, 1.0), answer));
        self
    }

    /// A request meets at most this many faults one after the other and is then answered once without: a client that
    /// makes one attempt more than that gets its answer, whatever else is under way.
    #[must_use]
    pub fn at_most_in_a_row(self, limit: u32) -> Self {
        Self { limit, ..self }
    }
}

/// The draws of each request that has come so far.
pub(crate) struct Draws {
    chaos: Chaos,
    by_request: HashMap<u64, Row>,
}

/// The draws of one request.
struct Row {
    rng: Rng,
    in_a_row: u32,
}

impl Draws {
    pub(crate) fn of(chaos: Chaos) -> Self {
        Self {
            chaos,
            by_request: HashMap::new(),
        }
    }

    /// The fault that a request meets this time, if any.
    pub(crate) fn draw(&mut self, target: &str, body: &[u8]) -> Option<Answer> {
        let seed = seed_of(self.chaos.seed, target, body);
        let row = self.by_request.entry(seed).or_insert_with(|| Row {
            rng: Rng::with_seed(seed),
            in_a_row: 0,
        });
        let drawn = self.chaos.pick(row.rng.f64());
        let fault = drawn.filter(|_| row.in_a_row < self.chaos.limit);
        row.in_a_row = fault.map_or(0, |_| row.in_a_row + 1);
        fault.cloned()
    }
}

impl Chaos {
    /// The fault in whose share `draw` lies.
    fn pick(&self, mut draw: f64) -> Option<&Answer> {
        for (share, answer) in &self.faults {
            if draw < *share {
                return Some(answer);
            }
            draw -= share;
        }
        None
    }
}

/// Equal in every run: the hasher's keys are fixed.
fn seed_of(seed: u64, target: &str, body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, target, body).hash(&mut hasher);
    hasher.finish()
}
