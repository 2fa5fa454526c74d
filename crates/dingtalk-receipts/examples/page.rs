//! One page of readers, from a sandbox on this machine: `cargo run --example page`.

use dingtalk_receipts::{AccessToken, Client};
use dingtalk_receipts_sandbox::Sandbox;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::demo(500).start().await?;
    let demo = sandbox.demo_values().ok_or("no demo")?;

    let client = Client::builder()
        .base_url(sandbox.url()) // for DingTalk itself: .region(Region::International)
        .credentials(AccessToken::new(&demo.access_token)?)
        .build()?;
    let page = client
        .read_status(&demo.process_query_key)
        .conversation(&demo.open_conversation_id)
        .robot(&demo.robot_code)
        .max_results(10)
        .send()
        .await?;

    println!("status: {:?}", page.send_status);
    for reader in &page.readers {
        println!("{}", reader.id());
    }
    println!("more: {}", page.has_more);
    Ok(())
}
