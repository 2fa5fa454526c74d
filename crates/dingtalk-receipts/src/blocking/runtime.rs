//! The runtime behind a blocking client.

use std::fmt;
use std::future::Future;

use tokio::runtime::{Builder, Handle};

use crate::error::{Error, Result};

/// A runtime that works on the thread that waits, and can be dropped anywhere.
pub(super) struct Runtime {
    runtime: Option<tokio::runtime::Runtime>,
}

impl Runtime {
    pub(super) fn new() -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| {
            Error::configuration("the operating system gives no async runtime").caused_by(error)
        })?;
        Ok(Self {
            runtime: Some(runtime),
        })
    }

    /// Waits for `future`, unless this thread belongs to an async runtime.
    pub(super) fn wait<F: Future>(&self, future: F) -> Result<F::Output> {
        match &self.runtime {
            Some(runtime) if Handle::try_current().is_err() => Ok(runtime.block_on(future)),
            _ => Err(Error::configuration(
                "the blocking client was used within an async runtime, which it would bring to a halt; \
                 use the async client there, or a thread of your own",
            )),
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        // Dropping it would wait, which panics within another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Runtime")
    }
}
