//! Ctrl-C: the first ends the run in order, the second at once. Before there is anything to end in order, while
//! arguments are read from standard input, the first does.

#[cfg(unix)]
use crate::failure::Exit;
use crate::failure::Failure;

/// Knows when somebody wants the command to end.
pub(crate) struct Interrupt {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
    /// Whether the next signal ends the process at once.
    #[cfg(unix)]
    at_once: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

#[cfg(unix)]
impl Interrupt {
    /// From now on a signal ends the process at once, with the exit code for it.
    pub(crate) fn install() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        let install = || -> std::io::Result<Self> {
            // Whoever presses Ctrl-C again does not want to wait, not even for a blocked pipe.
            let at_once = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
            for number in
                [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| kind.as_raw_value())
            {
                let exit = Exit::Interrupted as i32;
                signal_hook::flag::register_conditional_shutdown(number, exit, at_once.clone())?;
                signal_hook::flag::register(number, at_once.clone())?;
            }
            Ok(Self {
                signals: [
                    signal(SignalKind::interrupt())?,
                    signal(SignalKind::terminate())?,
                ],
                at_once,
            })
        };
        install().map_err(|cause| Failure::local("cannot watch for Ctrl-C", cause))
    }

    /// From now on the first signal does not end the process: whoever [waits](Self::wait) for it does that in order.
    pub(crate) fn hold(&self) {
        self.at_once
            .store(false, std::sync::atomic::Ordering::Relaxed);
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

    /// As it is already.
    pub(crate) fn hold(&self) {}

    /// Returns when the command shall end.
    pub(crate) async fn wait(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
