//! The service as a program: `DINGTALK_APP_KEY=… DINGTALK_APP_SECRET=… cargo run -p who-has-read`.
//!
//! `LISTEN` is its address (`127.0.0.1:8080` if not set), `DINGTALK_BASE_URL` another server than DingTalk's
//! international platform: `https://api.dingtalk.com` in mainland China, or a sandbox.

use std::env;
use std::error::Error;

use dingtalk_receipts::{Client, InternalApp};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let required = |name: &str| env::var(name).map_err(|_| format!("{name} is not set"));
    let app = InternalApp::new(
        required("DINGTALK_APP_KEY")?,
        required("DINGTALK_APP_SECRET")?,
    );
    let mut builder = Client::builder().credentials(app);
    if let Ok(url) = env::var("DINGTALK_BASE_URL") {
        builder = builder.base_url(url);
    }
    let service = who_has_read::service(builder.build()?);

    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(&address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, service)
        .with_graceful_shutdown(async {
            // Without a handler for signals the process is ended by them, which is as good.
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    Ok(())
}
