//! Which answer comes next: scripted ones first, then random faults, then the truth.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

use crate::contract::operation::Operation;
use crate::faults::answer::Answer;
use crate::faults::chaos::{Chaos, Draws};
use crate::lock::lock;

/// The scripts of one sandbox.
#[derive(Default)]
pub(crate) struct Scripts {
    by_operation: Mutex<HashMap<Operation, Plan>>,
}

#[derive(Default)]
struct Plan {
    queue: VecDeque<Answer>,
    always: Option<Answer>,
    chaos: Option<Draws>,
}

impl Scripts {
    /// The answer that the next call of `operation` has been given beforehand, whatever it asks.
    pub(crate) fn next(&self, operation: Operation) -> Option<Answer> {
        let mut plans = self.plans();
        let plan = plans.get_mut(&operation)?;
        plan.queue.pop_front().or_else(|| plan.always.clone())
    }

    /// The fault that chance has for this call of `operation`.
    pub(crate) fn fault(&self, operation: Operation, target: &str, body: &[u8]) -> Option<Answer> {
        let mut plans = self.plans();
        let draws = plans.get_mut(&operation)?.chaos.as_mut()?;
        draws.draw(target, body)
    }

    pub(crate) fn script(&self, operation: Operation) -> Script<'_> {
        Script {
            scripts: self,
            operation,
        }
    }

    pub(crate) fn set_chaos(&self, operation: Operation, chaos: Option<Chaos>) {
        self.plans().entry(operation).or_default().chaos = chaos.map(Draws::of);
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
