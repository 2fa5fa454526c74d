//! Prints who has read a message.
use dingtalk_receipts::{AccessToken, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let var = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    let client = Client::builder()
        .base_url(var("DINGTALK_BASE_URL")?)
        .credentials(AccessToken::new(var("DINGTALK_ACCESS_TOKEN")?)?)
        .build()?;
    let query = client
        .read_status(var("PROCESS_QUERY_KEY")?)
        .conversation(var("CONVERSATION")?);
    let mut readers = query.robot(var("ROBOT")?).readers();
    while let Some(reader) = readers.try_next().await? {
        println!("{}", reader.id());
    }
    Ok(())
}
