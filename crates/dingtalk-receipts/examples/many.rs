//! The readers of many messages: `cargo run --example many`. Run it twice: the second run has a journal and asks nothing.

use dingtalk_receipts::{AccessToken, Client, FileJournal};
use dingtalk_receipts_sandbox::{Message, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut sandbox = Sandbox::builder();
    for n in 0..100 {
        let message = Message::new(format!("key{n}")).readers(n);
        sandbox = sandbox.message(message.conversation("cid").robot("robot"));
    }
    let sandbox = sandbox.start().await?;

    let client = Client::builder()
        .base_url(sandbox.url())
        .credentials(AccessToken::new(sandbox.static_token())?)
        .build()?;
    let query = |n| client.read_status(format!("key{n}")).conversation("cid");
    let queries: Vec<_> = (0..100).map(|n| query(n).robot("robot")).collect();

    let journal = std::env::temp_dir().join("dingtalk-receipts-example.ndjson");
    let journal = FileJournal::open(journal)?;
    let mut answers = client.read_many_iter(queries).journal(journal).in_order();
    while let Some(answer) = answers.next().await {
        let key = answer.process_query_key;
        match answer.result {
            Ok(receipts) => println!("{key}: {} readers", receipts.readers.len()),
            Err(error) => println!("{key}: {error}"),
        }
    }
    println!("{:?}", answers.progress());
    Ok(())
}
