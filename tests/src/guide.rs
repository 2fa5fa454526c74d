//! Runs the Rust snippets of the guide (`docs/src`) against a sandbox.
//!
//! Each chapter is documentation of a module that exists for documentation tests only, so `cargo test` compiles each
//! snippet and runs it. Hidden lines of a snippet call [`run`], which gives it a [`Stage`].

use std::error::Error;

use dingtalk_receipts::{Client, InternalApp, ReadStatus};
use dingtalk_receipts_sandbox::{Demo, Sandbox};

/// What a snippet gives.
pub type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// What a snippet works with.
#[derive(Debug)]
#[non_exhaustive]
pub struct Stage {
    /// A sandbox with one message that 500 people have read.
    pub sandbox: Sandbox,
    /// The values that a query of it needs.
    pub demo: Demo,
    /// A client of the sandbox.
    pub client: Client,
    /// The query for the message.
    pub query: ReadStatus,
}

/// Runs a snippet against a sandbox of its own.
///
/// # Errors
///
/// The sandbox does not start, or the snippet failed.
pub fn run(snippet: impl AsyncFnOnce(Stage) -> Result) -> Result {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let sandbox = Sandbox::demo(500).start().await?;
        let demo = sandbox.demo_values().ok_or("not a demo")?.clone();
        let client = Client::builder()
            .base_url(sandbox.url())
            .credentials(InternalApp::new(&demo.app_key, &demo.app_secret))
            .build()?;
        let query = client
            .read_status(&demo.process_query_key)
            .conversation(&demo.open_conversation_id)
            .robot(&demo.robot_code);
        let stage = Stage {
            sandbox,
            demo,
            client,
            query,
        };
        snippet(stage).await
    })
}

/// Makes a chapter's snippets documentation tests.
#[cfg(doctest)]
macro_rules! chapters {
    ($($name:ident = $file:literal),* $(,)?) => {
        $(#[doc = include_str!(concat!("../../docs/src/", $file))] mod $name {})*
    };
}

#[cfg(doctest)]
chapters! {
    first_answer = "first-answer.md",
    credentials = "credentials.md",
    pages = "pages.md",
    errors = "errors.md",
    limits = "limits.md",
    unread = "unread.md",
    many = "many.md",
    watching = "watching.md",
    testing = "testing.md",
    production = "production.md",
    contract = "contract.md",
    tool_chain = "tool-chain.md",
    migrating = "migrating.md",
}
