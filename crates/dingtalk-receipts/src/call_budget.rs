//! Call budget: how many requests a run may make, counted where they are made.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{Error, Kind};

/// A number of requests, retries included. Those for access tokens are free and do not count.
#[derive(Debug)]
pub(crate) struct CallBudget {
    most: u64,
    made: AtomicU64,
    refused: AtomicBool,
}

impl CallBudget {
    pub(crate) fn of(most: u64) -> Self {
        Self {
            most,
            made: AtomicU64::new(0),
            refused: AtomicBool::new(false),
        }
    }

    /// Takes one request out.
    pub(crate) fn take(&self) -> Result<(), Error> {
        let one_more = |made: u64| (made < self.most).then_some(made + 1);
        match self
            .made
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more)
        {
            Ok(_) => Ok(()),
            Err(_) => {
                self.refused.store(true, Ordering::SeqCst);
                let text = format!("the {} calls that this run may make are used up", self.most);
                Err(Error::new(Kind::Argument, text))
            }
        }
    }

    /// How many requests were made.
    pub(crate) fn made(&self) -> u64 {
        self.made.load(Ordering::SeqCst)
    }

    /// Whether one more is allowed, and none was refused.
    pub(crate) fn is_left(&self) -> bool {
        self.made() < self.most && !self.refused.load(Ordering::SeqCst)
    }
}
