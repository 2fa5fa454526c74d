//! Which answer comes next: scripted ones first, then random faults, then the truth.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

use fastrand::Rng;

use crate::answer::Answer;
use crate::lock::lock;
use crate::operation::Operation;

/// The scripts of one sandbox.
#[derive(Default)]
pub(crate) struct Scripts {
    by_operation: Mutex<HashMap<Operation, Plan>>,
}

#[derive(Default)]
struct Plan {
    queue: VecDeque<Answer>,
    always: Option<Answer>,
    chaos: Option<Chaos>,
}

impl Scripts {
    /// The answer to the next call of `operation`.
    pub(crate) fn next(&self, operation: Operation) -> Answer {
        let mut plans = lock(&self.by_operation);
        let Some(plan) = plans.get_mut(&operation) else {
            return Answer::genuine();
        };
        let scripted = plan.queue.pop_front().or_else(|| plan.always.clone());
        scripted
            .or_else(|| plan.chaos.as_mut().and_then(Chaos::roll))
            .unwrap_or_else(Answer::genuine)
    }

    pub(crate) fn script(&self, operation: Operation) -> Script<'_> {
        Script {
            scripts: self,
            operation,
        }
    }

    pub(crate) fn set_chaos(&self, operation: Operation, chaos: Option<Chaos>) {
        self.plans().entry(operation).or_default().chaos = chaos;
    }

    fn plans(&self) -> MutexGuard<'_, HashMap<Operation, Plan>> {
        lock(&self.by_operation)
    }
}

/// The script of one operation: answers for its next calls, in order. When it has run out, calls are answered
/// truthfully again.
///
/// ```
/// # tokio_test(async {
/// use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox};
///
/// let sandbox = Sandbox::demo(3).start().await?;
/// sandbox
///     .script(Operation::Query)
///     .then(Answer::error("system.error"))
///     .times(2, Answer::genuine())
///     .then(Answer::status(503));
/// # Ok(())
/// # });
/// # fn tokio_test(f: impl Future<Output = Result<(), dingtalk_receipts_sandbox::StartError>>) {
/// #     tokio::runtime::Runtime::new().unwrap().block_on(f).unwrap();
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Script<'a> {
    scripts: &'a Scripts,
    operation: Operation,
}

impl Script<'_> {
    /// Adds an answer.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the answer is added either way"
    )]
    pub fn then(self, answer: Answer) -> Self {
        self.times(1, answer)
    }

    /// Adds the same answer several times.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the answers are added either way"
    )]
    pub fn times(self, calls: usize, answer: Answer) -> Self {
        let mut plans = self.scripts.plans();
        let queue = &mut plans.entry(self.operation).or_default().queue;
        queue.extend(std::iter::repeat_n(answer, calls));
        drop(plans);
        self
    }

    /// Answers every call like this once the queue has run out, until [`clear`](Self::clear).
    pub fn always(self, answer: Answer) {
        self.scripts
            .plans()
            .entry(self.operation)
            .or_default()
            .always = Some(answer);
    }

    /// Forgets the queue and [`always`](Self::always).
    pub fn clear(self) {
        let mut plans = self.scripts.plans();
        let plan = plans.entry(self.operation).or_default();
        plan.queue.clear();
        plan.always = None;
    }

    /// How many answers of the queue are left.
    #[must_use]
    pub fn left(self) -> usize {
        self.scripts
            .plans()
            .get(&self.operation)
            .map_or(0, |plan| plan.queue.len())
    }
}

/// Random faults: each call is answered with one of them at its rate, by a generator with a seed, so that the same
/// calls in the same order meet the same faults.
#[derive(Clone, Debug)]
pub struct Chaos {
    rng: Rng,
    faults: Vec<(f64, Answer)>,
    in_a_row: u32,
    limit: u32,
}

impl Chaos {
    /// No faults yet.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
            faults: Vec::new(),
            in_a_row: 0,
            limit: u32::MAX,
        }
    }

    /// One more fault, with its share of the calls between 0 and 1. Shares add up; together they are at most 1.
    #[must_use]
    pub fn rate(mut self, share: f64, answer: Answer) -> Self {
        self.faults.push((share.clamp(0.0, 1.0), answer));
        self
    }

    /// At most this many faults one after the other, then one call without.
    #[must_use]
    pub fn at_most_in_a_row(self, limit: u32) -> Self {
        Self { limit, ..self }
    }

    fn roll(&mut self) -> Option<Answer> {
        let mut draw = self.rng.f64();
        if self.in_a_row >= self.limit {
            self.in_a_row = 0;
            return None;
        }
        for (share, answer) in &self.faults {
            if draw < *share {
                self.in_a_row += 1;
                return Some(answer.clone());
            }
            draw -= share;
        }
        self.in_a_row = 0;
        None
    }
}
