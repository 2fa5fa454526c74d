//! Holds answers back until a test lets them go: order without sleeping.

use std::sync::Arc;

use tokio::sync::watch;

/// A gate that answers wait at, for [`Answer::held_by`](crate::Answer::held_by). Clones are the same gate.
///
/// A test of what happens *while* a call is under way closes a gate, makes the call, waits until it has
/// [arrived](Self::reached), does what it wants to do, and opens the gate.
#[derive(Clone, Debug)]
pub struct Gate(Arc<watch::Sender<GateState>>);

#[derive(Debug)]
struct GateState {
    open: bool,
    waiting: usize,
}

impl Gate {
    /// A gate that is closed.
    #[must_use]
    pub fn closed() -> Self {
        let closed = GateState {
            open: false,
            waiting: 0,
        };
        Self(Arc::new(watch::Sender::new(closed)))
    }

    /// Lets everything pass from now on.
    pub fn open(&self) {
        self.0.send_modify(|state| state.open = true);
    }

    /// Holds what comes from now on.
    pub fn close(&self) {
        self.0.send_modify(|state| state.open = false);
    }

    /// How many answers wait at it.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.borrow().waiting
    }

    /// Waits until so many answers wait at it.
    pub async fn reached(&self, answers: usize) {
        // The sender lives as long as this gate does, so the wait cannot fail.
        let _ = self
            .0
            .subscribe()
            .wait_for(|state| state.waiting >= answers)
            .await;
    }

    pub(crate) async fn pass(&self) {
        let waiting = Waiting::at(self);
        // As above.
        let _ = self.0.subscribe().wait_for(|state| state.open).await;
        drop(waiting);
    }
}

/// An answer at a gate; one that is given up leaves it.
struct Waiting<'a>(&'a Gate);

impl<'a> Waiting<'a> {
    fn at(gate: &'a Gate) -> Self {
        gate.0.send_modify(|state| state.waiting += 1);
        Self(gate)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.0.send_modify(|state| state.waiting -= 1);
    }
}
