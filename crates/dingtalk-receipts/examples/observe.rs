//! Spans and measurements of a run, exported: spans as lines of JSON, measurements in Prometheus' text format.
//!
//! `cargo run -p dingtalk-receipts --features metrics --example observe`

use dingtalk_receipts::{Client, InternalApp};
use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox};
use metrics_exporter_prometheus::PrometheusBuilder;
use tracing_subscriber::fmt::format::FmtSpan;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .init();
    let measurements = PrometheusBuilder::new().install_recorder()?;

    let sandbox = Sandbox::demo(500).start().await?;
    sandbox
        .script(Operation::Query)
        .then(Answer::error("system.error"));
    let demo = sandbox.demo_values().ok_or("the demo")?;
    let client = Client::builder()
        .base_url(sandbox.url())
        .credentials(InternalApp::new(&*demo.app_key, &*demo.app_secret))
        .build()?;
    let query = client.read_status(&demo.process_query_key);
    let receipts = query
        .conversation(&demo.open_conversation_id)
        .robot(&demo.robot_code)
        .collect()
        .await?;
    println!(
        "{} readers on {} pages",
        receipts.readers.len(),
        receipts.pages
    );
    println!("{}", measurements.render());
    Ok(())
}
