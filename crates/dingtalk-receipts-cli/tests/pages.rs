//! Page size, limits, and going on where a run stopped.

use std::process::{Command, Stdio};
use std::time::Duration;

use dingtalk_receipts_sandbox::{Answer, Operation};
use serde_json::{Value, json};

use crate::support::{
    CONVERSATION, KEY, TOKEN, command, golden, message, readers, run, sandbox, succeed,
    with_readers,
};

/// The command line that an error object proposes, as a shell would run it.
fn proposed(line: &Value) -> Command {
    let words = shlex::split(line.as_str().unwrap()).unwrap();
    assert_eq!(words[0], "dingtalk-receipts");
    let mut command = command();
    command
        .args(&words[1..])
        .env("DINGTALK_ACCESS_TOKEN", TOKEN);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_calls_as_pages_and_every_reader_once() {
    for (count, calls) in [(0, 1), (1, 1), (199, 1), (200, 1), (201, 2), (1_000, 5)] {
        let sandbox = with_readers(count).await;
        let text = succeed(&mut readers(&sandbox));
        let expected = (0..count)
            .map(|n| format!("{{\"userId\":\"user{n:06}\",\"unionId\":\"union{n:06}iEiE\"}}\n"));
        assert_eq!(text, expected.collect::<String>());
        assert_eq!(sandbox.count(Operation::Query), calls);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_end_the_run_early_and_say_how_to_go_on() {
    let sandbox = with_readers(1_000).await;
    let done =
        run(readers(&sandbox).args(["--max-results", "100", "--max-pages", "2", "-f", "json"]));
    let value: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(value["readers"].as_array().unwrap().len(), 200);
    assert_eq!(
        (&value["pages"], &value["complete"]),
        (&json!(2), &json!(false))
    );
    assert_eq!(sandbox.count(Operation::Query), 2);
    assert!(
        done.stderr.contains("Stopped at a limit"),
        "{}",
        done.stderr
    );
    let line = done
        .stderr
        .split(":\n")
        .nth(1)
        .unwrap()
        .replace("\\\n", " ");
    let value: Value = serde_json::from_str(&succeed(&mut proposed(&line.into()))).unwrap();
    assert_eq!(value["readers"][0]["userId"], "user000200");

    sandbox.forget_calls();
    let text = succeed(readers(&sandbox).args(["--limit", "300"]));
    assert_eq!(text.lines().count(), 300);
    assert_eq!(sandbox.count(Operation::Query), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_amid_a_page_says_that_the_page_comes_again() {
    let sandbox = with_readers(1_000).await;
    for (limit, said) in [
        ("199", "To start again from the first page:"),
        ("200", "To go on where it stopped:"),
        (
            "201",
            "To go on with the page where it stopped, from its first reader:",
        ),
    ] {
        let done = run(readers(&sandbox).args(["--limit", limit]));
        let text: Vec<_> = done.stderr.split_whitespace().collect();
        assert!(text.join(" ").contains(said), "{limit}: {}", done.stderr);
        // Only the cursor, which is of no use in pieces, may be longer than a line.
        for line in done.stderr.lines().filter(|line| !line.contains("dr1.")) {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_on_two_pages_is_printed_once_or_as_often_as_asked() {
    let page = |next: Value| {
        Answer::json(
            200,
            &json!({
                "sendStatus": "SUCCESS", "readUserIds": ["anna"], "nextToken": next, "hasMore": !next.is_null(),
            }),
        )
    };
    for (more, lines) in [(&[][..], 1), (&["--no-deduplicate"], 2)] {
        let sandbox = with_readers(1).await;
        let script = sandbox.script(Operation::Query);
        script.then(page("2".into())).then(page(Value::Null));
        let text = succeed(readers(&sandbox).args(more));
        assert_eq!(text.lines().count(), lines, "{more:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_run_prints_what_came_and_goes_on_exactly_there() {
    let sandbox = with_readers(1_000).await;
    let script = sandbox.script(Operation::Query);
    script
        .times(3, Answer::genuine())
        .then(Answer::error("system.error"));
    let done =
        run(readers(&sandbox).args(["--attempts", "1", "-f", "csv", "--error-format", "json"]));
    assert_eq!(done.code, 5);
    assert_eq!(done.stdout.lines().count(), 1 + 600);
    let error: Value = serde_json::from_str(&done.stderr).unwrap();

    let rest = succeed(&mut proposed(&error["resumeCommand"]));
    let first = rest.lines().nth(1).unwrap();
    assert_eq!(first, "user000600,union000600iEiE");
    assert_eq!(rest.lines().count(), 1 + 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_run_prints_an_incomplete_table_and_object() {
    for format in ["table", "json"] {
        let sandbox = with_readers(5).await;
        sandbox
            .script(Operation::Query)
            .then(Answer::genuine())
            .then(Answer::error("system.error").set("requestid", json!("REQUEST-ID")));
        let mut command = readers(&sandbox);
        let done = run(command.args(["--attempts", "1", "--max-results", "2", "-f", format]));
        assert_eq!(done.code, 5);
        golden(&format!("incomplete.{format}"), &done.stdout);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_cursor_offers_the_first_page() {
    let sandbox = with_readers(300).await;
    let script = sandbox.script(Operation::Query);
    script
        .then(Answer::genuine())
        .then(Answer::error("system.error"));
    let failed = run(readers(&sandbox).args(["--attempts", "1", "--error-format", "json"]));
    let failed: Value = serde_json::from_str(&failed.stderr).unwrap();
    sandbox
        .script(Operation::Query)
        .then(Answer::error("invalidParameter.cursor.invalid"));
    let mut again = command();
    again.args([
        "readers",
        "--resume",
        failed["cursor"].as_str().unwrap(),
        "--base-url",
        &sandbox.url(),
    ]);
    again.env("DINGTALK_ACCESS_TOKEN", TOKEN);
    let done = run(again.args(["--error-format", "json"]));
    assert_eq!(done.code, 4);
    let error: Value = serde_json::from_str(&done.stderr).unwrap();
    assert!(
        error["whatToDo"]
            .as_str()
            .unwrap()
            .contains("from the first page"),
        "{error}"
    );
    let all = succeed(&mut proposed(&error["resumeCommand"]));
    assert_eq!(all.lines().count(), 300);
}

#[test]
fn a_cursor_that_is_none_is_a_usage_error() {
    let done = run(command().args(["readers", "--resume", "50"]));
    assert_eq!(done.code, 2);
    assert!(
        done.stderr.contains("it does not begin with `dr1.`"),
        "{}",
        done.stderr
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_has_no_data_yet_is_waited_for_only_on_request() {
    let hour = Duration::from_secs(3_600);
    let sandbox = sandbox(message(2).ready_after(hour)).start().await.unwrap();
    assert_eq!(run(&mut readers(&sandbox)).code, 4);
    let mut command = readers(&sandbox);
    command.args(["--wait-until-ready", "10m"]);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while sandbox.count(Operation::Query) < 2 {
        tokio::task::yield_now().await;
    }
    sandbox.clock().advance(hour);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_token_names_the_message_too() {
    use dingtalk_receipts_sandbox::{Message, Robot};
    let sandbox = sandbox(
        Message::new(KEY)
            .robot("hook")
            .conversation(CONVERSATION)
            .readers(3),
    )
    .robot(Robot::new("hook").webhook_token("canary-webhook-token"))
    .start()
    .await
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, "canary-webhook-token\n").unwrap();
    let ask = |change: &dyn Fn(&mut Command)| {
        let mut command = command();
        command
            .args(["readers", KEY, "--base-url", &sandbox.url()])
            .env("DINGTALK_ACCESS_TOKEN", TOKEN);
        change(&mut command);
        succeed(&mut command).lines().count()
    };
    assert_eq!(
        ask(&|command| _ = command.arg("--webhook-token-file").arg(&file)),
        3
    );
    assert_eq!(
        ask(&|command| _ = command.env("DINGTALK_WEBHOOK_TOKEN", "canary-webhook-token")),
        3
    );
}
