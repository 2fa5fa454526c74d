//! Ctrl-C: the first ends the run in order, the second at once.

use std::io;

use crate::failure::{Exit, Failure};

/// Knows when somebody wants the command to end.
pub(crate) struct Interrupt {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

#[cfg(unix)]
impl Interrupt {
    /// From now on a signal does not end the process by itself.
    pub(crate) fn install() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        let install = || -> io::Result<Self> {
            // Whoever presses Ctrl-C again does not want to wait, not even for a blocked pipe.
            let again = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
            for number in
                [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| kind.as_raw_value())
            {
                let exit = Exit::Interrupted as i32;
                signal_hook::flag::register_conditional_shutdown(number, exit, again.clone())?;
                signal_hook::flag::register(number, again.clone())?;
            }
            Ok(Self {
                signals: [
                    signal(SignalKind::interrupt())?,
                    signal(SignalKind::terminate())?,
                ],
            })
        };
        install().map_err(|cause| Failure::local("cannot watch for Ctrl-C", cause))
    }

    /// Returns when the command shall end.
    pub(crate) async fn wait(&mut self) {
        let [interrupt, terminate] = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Interrupt {
    /// From now on Ctrl-C does not end the process by itself.
    pub(crate) fn install() -> Result<Self, Failure> {
        Ok(Self {})
    }

    /// Returns when the command shall end.
    pub(crate) async fn wait(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
