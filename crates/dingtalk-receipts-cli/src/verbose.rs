//! What `--verbose` shows: the client's own spans and events, on standard error.

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Shows calls with one `-v`, and with two everything that the client says. Other crates' logs are left out: this
/// project cannot vouch for what is in them.
pub(crate) fn install(times: u8) {
    let level = match times {
        0 => return,
        1 => Level::DEBUG,
        _ => Level::TRACE,
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE);
    let ours = Targets::new().with_target("dingtalk_receipts", level);
    // It fails only if there is another subscriber, and there is none.
    let _ = tracing_subscriber::registry()
        .with(lines)
        .with(ours)
        .try_init();
}
