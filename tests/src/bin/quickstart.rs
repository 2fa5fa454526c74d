//! Prints who has read a message.
use dingtalk_receipts::{Client, InternalApp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let var = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    let app = InternalApp::new(var("APP_KEY")?, var("APP_SECRET")?);
    let builder = Client::builder().base_url(var("BASE_URL")?);
    let client = builder.credentials(app).build()?;
    let query = client.read_status(var("PROCESS_QUERY_KEY")?);
    let query = query.conversation(var("CONVERSATION")?);
    let mut readers = query.robot(var("ROBOT")?).readers();
    while let Some(reader) = readers.try_next().await? {
        println!("{}", reader.id());
    }
    Ok(())
}
