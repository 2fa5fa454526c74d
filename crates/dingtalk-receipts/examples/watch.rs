//! Who has not read the message yet, until everybody has: `cargo run --example watch`.

use std::time::Duration;

use dingtalk_receipts::{AccessToken, Change, Client};
use dingtalk_receipts_sandbox::{Message, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Another reader every 50 ms, up to 20.
    let message = Message::new("key").conversation("cid").robot("robot");
    let message = message.growing(Duration::from_millis(50), 20);
    let sandbox = Sandbox::builder().message(message).start().await?;

    let client = Client::builder()
        .base_url(sandbox.url())
        .credentials(AccessToken::new(sandbox.static_token())?)
        .build()?;
    let mut watch = client
        .read_status("key")
        .conversation("cid")
        .robot("robot")
        .watch(Duration::from_millis(100)) // against DingTalk rather a minute
        .expect(["user000003", "user000009", "user000019"])
        .total_timeout(Duration::from_secs(60));
    println!("at most {} calls", watch.calls_at_most());
    while let Some(change) = watch.try_next().await? {
        match change {
            Change::Reader(reader) => {
                let unread = watch.expected().unwrap_or_default().unread;
                println!("{} has read it; waiting for {unread:?}", reader.id());
            }
            change => println!("{change:?}"),
        }
    }
    println!("{} calls", watch.calls_made());
    Ok(())
}
