//! What the README shows is what is compiled, and what is compiled runs.

use std::process::Command;

use dingtalk_receipts_sandbox::Sandbox;

const README: &str = include_str!("../../../README.md");
const QUICKSTART: &str = include_str!("../../src/bin/quickstart.rs");

#[test]
fn the_readme_shows_the_quickstart() {
    let shown = README
        .split("```rust\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    assert_eq!(
        shown, QUICKSTART,
        "README.md and tests/src/bin/quickstart.rs differ"
    );
    let code = shown
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("//"));
    assert_eq!(code.count(), 15);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quickstart_prints_every_reader() {
    let sandbox = Sandbox::demo(1_000).start().await.unwrap();
    let demo = sandbox.demo_values().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_quickstart"))
        .env("BASE_URL", sandbox.url())
        .env("APP_KEY", &demo.app_key)
        .env("APP_SECRET", &demo.app_secret)
        .env("PROCESS_QUERY_KEY", &demo.process_query_key)
        .env("CONVERSATION", &demo.open_conversation_id)
        .env("ROBOT", &demo.robot_code)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        String::from_utf8(output.stdout).unwrap().lines().count(),
        1_000
    );
}
