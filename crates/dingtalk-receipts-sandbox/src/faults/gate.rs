//! A barrier that holds responses until a test releases them: order without sleeping.

use std::sync::Arc;

use tokio::sync::watch;

/// A barrier that responses wait at, for [`Answer::held_by`](crate::Answer::held_by). Clones are the same barrier.
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

    /// Releases all waiting responses, and lets later ones pass.
    pub fn open(&self) {
        self.0.send_modify(|state| state.open = true);
    }

    /// Holds the responses that come from now on.
    pub fn close(&self) {
        self.0.send_modify(|state| state.open = false);
    }

    /// The number of waiting responses.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.borrow().waiting
    }

    /// Waits until at least this many responses wait.
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

/// A waiting response. Dropping it, as a cancelled call does, takes it out of the count.
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
