//! A run that fails half-way, and one that goes on from there: `cargo run --example resume`.

use dingtalk_receipts::{AccessToken, Client, Cursor};
use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::demo(500).start().await?;
    let demo = sandbox.demo_values().ok_or("no demo")?;
    let client = Client::builder()
        .base_url(sandbox.url())
        .credentials(AccessToken::new(&demo.access_token)?)
        .build()?;
    let query = client
        .read_status(&demo.process_query_key)
        .conversation(&demo.open_conversation_id)
        .robot(&demo.robot_code);

    // The third page fails for good.
    sandbox
        .script(Operation::Query)
        .times(2, Answer::genuine())
        .then(Answer::error("bot.stopped"));
    let Err(error) = query.collect().await else {
        return Ok(());
    };
    println!("{error}");
    let first = error.partial().map_or(0, |partial| partial.readers.len());

    // The cursor is text: keep it anywhere.
    let kept = error.resume_cursor().ok_or("no cursor")?.to_string();
    let cursor: Cursor = kept.parse()?;
    let query = client.resume(&cursor).restart_on_invalid_cursor(true);
    let rest = query.collect().await?.readers.len();
    println!("{first} readers before, {rest} after");
    Ok(())
}
