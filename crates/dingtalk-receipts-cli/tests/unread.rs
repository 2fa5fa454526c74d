//! `unread`: who has not read the message.

use std::io::Write as _;
use std::process::{Command, Stdio};

use dingtalk_receipts_sandbox::{Answer, Operation, Reader, Sandbox};
use serde_json::{Value, json};

use crate::support::{
    CONVERSATION, KEY, ROBOT, TOKEN, command, golden, run, succeed, with_list, with_readers,
};

/// The command that asks who of the people in `file` has not read the message.
fn unread(sandbox: &Sandbox, file: &str) -> Command {
    let mut command = command();
    command.args([
        "unread",
        KEY,
        "--expect",
        file,
        "--conversation",
        CONVERSATION,
    ]);
    command.args(["--robot", ROBOT, "--base-url", &sandbox.url()]);
    command.env("DINGTALK_ACCESS_TOKEN", TOKEN);
    command
}

/// A file with these lines; it is gone with the folder.
fn list(lines: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.txt");
    std::fs::write(&file, lines).unwrap();
    let file = file.to_str().unwrap().to_owned();
    (folder, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_format_names_those_who_have_not_read_it() {
    let readers = [
        Reader::new("anna", "union-anna"),
        Reader::outside("union-guest"),
    ];
    let sandbox = with_list(readers).await;
    let (_folder, file) =
        list("# the team\nanna\n李小龙\n\nunion-guest\nbob, the \"builder\"\nanna\n");
    for format in ["table", "json", "ndjson", "csv"] {
        let text = succeed(unread(&sandbox, &file).args(["--format", format]));
        golden(&format!("unread.{format}"), &text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_is_asked_for_once_everybody_was_met() {
    let sandbox = with_readers(1_000).await;
    let (_folder, file) = list("user000003\nuser000150\n");
    let text = succeed(unread(&sandbox, &file).args(["--format", "table"]));
    assert_eq!(text, "All 2 have read the message. Send status: SUCCESS.\n");
    let value = succeed(unread(&sandbox, &file).args(["--format", "json"]));
    let value: Value = serde_json::from_str(&value).unwrap();
    assert_eq!(
        (&value["unread"], &value["complete"]),
        (&json!([]), &json!(true))
    );
    assert_eq!(sandbox.count(Operation::Query), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_may_come_from_standard_input() {
    let sandbox = with_readers(1).await;
    let mut child = unread(&sandbox, "-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("\u{feff}user000000\r\nzoe\r\n".as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "{\"id\":\"zoe\"}\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failure_the_answer_says_that_it_is_not_final() {
    let sandbox = with_readers(300).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine())
        .then(Answer::error("system.error"));
    let (_folder, file) = list("user000003\nuser000250\n");
    let done = run(unread(&sandbox, &file).args(["--format", "table", "--attempts", "1"]));
    assert_eq!(done.code, 5);
    golden("unread-incomplete.table", &done.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_unread_by_a_run_that_did_not_see_all_readers() {
    let sandbox = with_readers(1).await;
    sandbox
        .script(Operation::Query)
        .always(Answer::error("system.error"));
    let (_folder, file) = list("user000000\nzoe\n");
    for (format, printed) in [("ndjson", ""), ("csv", "id\n")] {
        let done = run(unread(&sandbox, &file).args(["--format", format, "--attempts", "1"]));
        assert_eq!((done.code, done.stdout.as_str()), (5, printed));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_nobody_is_a_usage_error() {
    let sandbox = with_readers(1).await;
    let (_folder, file) = list("# nobody\n\n");
    let done = run(&mut unread(&sandbox, &file));
    assert_eq!(done.code, 2);
    assert!(
        done.stderr.contains("nobody is expected"),
        "{}",
        done.stderr
    );
    assert_eq!(run(&mut unread(&sandbox, "/nonexistent/people")).code, 1);
    assert_eq!(sandbox.count(Operation::Query), 0);
}
