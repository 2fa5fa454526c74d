//! All readers as they come: `cargo run --example readers`.

use dingtalk_receipts::{Client, InternalApp};
use dingtalk_receipts_sandbox::{Operation, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::demo(500).start().await?;
    let demo = sandbox.demo_values().ok_or("no demo")?;

    let client = Client::builder()
        .base_url(sandbox.url())
        .credentials(InternalApp::new(&demo.app_key, &demo.app_secret))
        .build()?;
    let mut readers = client
        .read_status(&demo.process_query_key)
        .conversation(&demo.open_conversation_id)
        .robot(&demo.robot_code)
        .readers();
    let mut count = 0;
    while let Some(reader) = readers.try_next().await? {
        count += 1;
        if count % 100 == 0 {
            println!("{count}: {}", reader.id());
        }
    }
    println!(
        "{count} readers in {} calls",
        sandbox.count(Operation::Query)
    );
    Ok(())
}
