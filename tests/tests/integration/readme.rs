//! What the README shows is what is compiled, and what is compiled runs.

use std::process::Command;

use dingtalk_receipts_sandbox::Sandbox;

const README: &str = include_str!("../../../README.md");
const QUICKSTART: &str = include_str!("../../examples/quickstart.rs");

#[test]
fn the_readme_shows_the_quickstart() {
    let shown = README
        .split("```rust\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    assert_eq!(
        shown, QUICKSTART,
        "README.md and tests/examples/quickstart.rs differ"
    );
    assert!(shown.lines().count() <= 25);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quickstart_prints_every_reader() {
    let sandbox = Sandbox::demo(1_000).start().await.unwrap();
    let demo = sandbox.demo_values().unwrap();
    let output = Command::new(example("quickstart"))
        .env("DINGTALK_BASE_URL", sandbox.url())
        .env("DINGTALK_ACCESS_TOKEN", &demo.access_token)
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

/// The path of an example of this package: cargo builds them before the tests, beside them.
fn example(name: &str) -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent()
        .and_then(|deps| deps.parent())
        .unwrap()
        .join("examples")
        .join(name)
}
