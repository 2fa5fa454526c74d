//! The sandbox with the demo in it, as `--sandbox` and the command `sandbox` run it.

use std::net::SocketAddr;

use dingtalk_receipts_sandbox::{Answer, Chaos, Demo, Sandbox, SandboxBuilder, StartError};

use crate::failure::Failure;

/// A sandbox that runs until it is dropped, and what to ask it.
#[derive(Debug)]
pub(crate) struct RunningDemo {
    pub(crate) sandbox: Sandbox,
    pub(crate) values: Demo,
}

/// A demo with so many readers, not started yet.
pub(crate) fn demo(readers: u64) -> SandboxBuilder {
    // Nobody looks at the calls.
    Sandbox::demo(readers).keep_calls(0)
}

/// The faults that `sandbox --faults` is about, each with an equal part of `share`.
pub(crate) fn faults(seed: u64, share: f64) -> Chaos {
    let faults = [
        Answer::error("system.error"),
        Answer::error("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"),
        Answer::gateway_page(502),
        Answer::genuine().reset_after_request(),
    ];
    let part = share / faults.len() as f64;
    faults
        .into_iter()
        .fold(Chaos::seeded(seed), |chaos, fault| chaos.rate(part, fault))
}

/// Starts it on `address`, or on any free port.
pub(crate) async fn start(
    builder: SandboxBuilder,
    address: Option<SocketAddr>,
) -> Result<RunningDemo, Failure> {
    let builder = match address {
        Some(address) => builder.listen(address),
        None => builder,
    };
    let sandbox = builder.start().await.map_err(|error| match error {
        StartError::Listen(cause) => {
            let at = address
                .map(|address| format!(" on {address}"))
                .unwrap_or_default();
            Failure::local(format!("the sandbox cannot listen{at}"), cause)
        }
        other => Failure::usage(other.to_string()),
    })?;
    let values = sandbox.demo_values().cloned().unwrap_or_default();
    Ok(RunningDemo { sandbox, values })
}
