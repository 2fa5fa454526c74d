//! Without `async`: `cargo run --example blocking --features blocking`.

use dingtalk_receipts::AccessToken;
use dingtalk_receipts::blocking::Client;
use dingtalk_receipts_sandbox::Sandbox;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The sandbox needs a runtime, which works on another thread.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let sandbox = runtime.block_on(Sandbox::demo(500).start())?;
    let demo = sandbox.demo_values().ok_or("no demo")?;

    let client = Client::builder()
        .base_url(sandbox.url())
        .credentials(AccessToken::new(&demo.access_token)?)
        .build()?;
    let query = client
        .read_status(&demo.process_query_key)
        .conversation(&demo.open_conversation_id)
        .robot(&demo.robot_code);

    for page in query.clone().pages() {
        println!("a page of {}", page?.readers.len());
    }
    let readers = query.readers().collect::<Result<Vec<_>, _>>()?;
    println!(
        "{} readers, the last is {}",
        readers.len(),
        readers.last().map_or("nobody", |reader| reader.id())
    );
    Ok(())
}
