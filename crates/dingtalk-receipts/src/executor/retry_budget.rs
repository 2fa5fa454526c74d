//! The retry budget: when much fails, retries must not multiply the load.

use std::sync::Mutex;

/// Tokens in a full budget.
const CAPACITY: u32 = 500;
/// What a retry takes. It comes back if the retry succeeds.
const RETRY: u32 = 5;
/// What a call that succeeds at its first attempt gives back.
const SUCCESS: u32 = 1;

/// A bucket of tokens that clones of a client share. Retries take from it, successes fill it. When it is empty,
/// failures are returned at once: at most 100 retries go out in a row without a success between them.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: Mutex<u32>,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self {
            tokens: Mutex::new(CAPACITY),
        }
    }
}

impl RetryBudget {
    /// Takes what a retry costs. False if there is not enough left.
    pub(crate) fn withdraw(&self) -> bool {
        let mut tokens = self.lock();
        match tokens.checked_sub(RETRY) {
            Some(rest) => {
                *tokens = rest;
                true
            }
            None => false,
        }
    }

    /// Gives back for a call that succeeded after `retries` retries.
    pub(crate) fn succeeded(&self, retries: u32) {
        let back = if retries == 0 { SUCCESS } else { RETRY };
        let mut tokens = self.lock();
        *tokens = tokens.saturating_add(back).min(CAPACITY);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, u32> {
        self.tokens
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_drains_and_refills() {
        let budget = RetryBudget::default();
        assert_eq!((0..1000).filter(|_| budget.withdraw()).count(), 100);
        (0..RETRY).for_each(|_| budget.succeeded(0));
        assert!(budget.withdraw());
        assert!(!budget.withdraw());
        budget.succeeded(3);
        assert!(budget.withdraw());
    }

    #[test]
    fn it_never_holds_more_than_its_capacity() {
        let budget = RetryBudget::default();
        (0..10_000).for_each(|_| budget.succeeded(1));
        assert_eq!((0..1000).filter(|_| budget.withdraw()).count(), 100);
    }
}
