//! Secrets: where they may come from, and that they are shown nowhere.

use dingtalk_receipts_sandbox::{Answer, Operation};

use crate::support::{
    CONVERSATION, KEY, ROBOT, TOKEN, command, readers, run, run_with_input, with_readers,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_comes_from_an_argument_the_environment_a_file_or_standard_input() {
    let sandbox = with_readers(1).await;
    let ask = || {
        let mut command = command();
        command.args([
            "readers",
            KEY,
            "-c",
            CONVERSATION,
            "-r",
            ROBOT,
            "--base-url",
            &sandbox.url(),
        ]);
        command
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, format!("{TOKEN}\r\n")).unwrap();

    assert_eq!(run(ask().args(["--access-token", TOKEN])).code, 0);
    assert_eq!(run(ask().env("DINGTALK_ACCESS_TOKEN", TOKEN)).code, 0);
    // A line break at the end is of the file that a variable was set from.
    let with_break = format!("{TOKEN}\r\n");
    assert_eq!(run(ask().env("DINGTALK_ACCESS_TOKEN", with_break)).code, 0);
    assert_eq!(run(ask().arg("--access-token-file").arg(&file)).code, 0);
    let from_stdin = run_with_input(
        ask().args(["--access-token-file", "-"]),
        format!("{TOKEN}\n"),
    );
    assert_eq!(from_stdin.code, 0, "{}", from_stdin.stderr);
    // The command line counts more than the environment.
    assert_eq!(
        run(ask()
            .args(["--access-token", TOKEN])
            .env("DINGTALK_ACCESS_TOKEN", "old"))
        .code,
        0
    );

    let nothing = run(&mut ask());
    assert_eq!(nothing.code, 2);
    assert!(
        nothing.stderr.contains("DINGTALK_ACCESS_TOKEN"),
        "{}",
        nothing.stderr
    );
    let missing = run(ask().args(["--access-token-file", "/nonexistent/token"]));
    assert_eq!(missing.code, 1);
    assert!(
        missing.stderr.contains("/nonexistent/token"),
        "{}",
        missing.stderr
    );
    let empty = run_with_input(ask().args(["--access-token-file", "-"]), "\n");
    assert_eq!(empty.code, 2);
}

#[test]
fn the_help_says_what_a_secret_on_the_command_line_risks() {
    let text = run(command().args(["readers", "--help"])).stdout;
    let text: Vec<&str> = text.split_whitespace().collect();
    assert!(
        text.join(" ")
            .contains("can be read by other users of this machine")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_shown_whatever_happens() {
    let folder = tempfile::tempdir().unwrap();
    let hook = folder.path().join("hook");
    std::fs::write(&hook, "canary-webhook-token").unwrap();
    let answers = [
        Answer::genuine(),
        Answer::error_with(
            400,
            "InvalidAuthentication",
            format!("token {TOKEN} is wrong"),
        ),
        Answer::html(
            502,
            format!("<p>token {TOKEN} hook canary-webhook-token</p>"),
        ),
        Answer::json(
            200,
            &serde_json::json!({ "token": TOKEN, "hook": "canary-webhook-token" }),
        ),
    ];
    for answer in answers {
        for error_format in ["text", "json"] {
            let sandbox = with_readers(300).await;
            sandbox
                .script(Operation::Query)
                .then(Answer::genuine())
                .always(answer.clone());
            let mut command = readers(&sandbox);
            command.args(["--access-token", TOKEN, "-vv", "--attempts", "2"]);
            command.args([
                "--error-format",
                error_format,
                "--proxy",
                "http://me:canary-proxy@127.0.0.1:9",
            ]);
            let through_dead_proxy = run(&mut command);
            let mut command = readers(&sandbox);
            command.args(["--access-token", TOKEN, "-vv", "--attempts", "2"]);
            command.arg("--webhook-token-file").arg(&hook);
            let done = run(command.args(["--error-format", error_format]));
            for text in [
                done.stdout,
                done.stderr,
                through_dead_proxy.stdout,
                through_dead_proxy.stderr,
            ] {
                assert!(!text.contains("canary"), "{text}");
            }
        }
    }
}
