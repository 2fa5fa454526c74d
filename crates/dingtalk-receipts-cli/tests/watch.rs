//! `watch`: readers as they come.

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use dingtalk_receipts_sandbox::{Answer, Operation, Reader, Sandbox};
use serde_json::{Value, json};

use crate::interrupt::send;
use crate::support::{
    CONVERSATION, KEY, ROBOT, TOKEN, command, golden, run, succeed, with_list, with_readers,
};

/// The command that watches the message, looking often.
fn watch(sandbox: &Sandbox) -> Command {
    let mut command = command();
    command.args([
        "watch",
        KEY,
        "--conversation",
        CONVERSATION,
        "--robot",
        ROBOT,
    ]);
    command.args([
        "--base-url",
        &sandbox.url(),
        "--interval",
        "20ms",
        "--longest-interval",
        "20ms",
    ]);
    command.env("DINGTALK_ACCESS_TOKEN", TOKEN);
    command
}

/// A watch whose lines are read one by one.
struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next line, without its time.
    fn line(&mut self) -> Value {
        let mut line: Value = serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap();
        assert!(line.as_object_mut().unwrap().remove("at").is_some());
        line
    }

    fn code(mut self) -> i32 {
        assert!(self.lines.next().is_none());
        self.child.wait().unwrap().code().unwrap()
    }
}

fn people(lines: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.txt");
    std::fs::write(&file, lines).unwrap();
    let file = file.to_str().unwrap().to_owned();
    (folder, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_are_printed_as_they_come_until_all_have_read() {
    let sandbox = with_list([Reader::new("anna", "A")]).await;
    let (_folder, file) = people("anna\nbob\n");
    let mut running = Running::start(watch(&sandbox).args(["--expect", &file]));
    assert_eq!(running.line(), json!({ "sendStatus": "SUCCESS" }));
    assert_eq!(
        running.line(),
        json!({ "reader": { "userId": "anna", "unionId": "A" } })
    );
    assert!(sandbox.add_reader(KEY, Reader::outside("guest")));
    assert_eq!(
        running.line(),
        json!({ "reader": { "userId": null, "unionId": "guest" } })
    );
    assert!(sandbox.add_reader(KEY, Reader::of_corp("bob")));
    assert_eq!(
        running.line(),
        json!({ "reader": { "userId": "bob", "unionId": null } })
    );
    let end = running.line();
    assert_eq!(end["end"], "allRead");
    assert_eq!(
        (&end["read"], &end["unread"]),
        (&json!(["anna", "bob"]), &json!([]))
    );
    assert_eq!(end["readers"], 3);
    assert_eq!(running.code(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recalled_message_ends_it() {
    let sandbox = with_readers(1).await;
    let mut running = Running::start(&mut watch(&sandbox));
    running.line();
    running.line();
    assert!(sandbox.recall(KEY));
    assert_eq!(running.line(), json!({ "sendStatus": "RECALLED" }));
    assert_eq!(running.line()["end"], "recalled");
    assert_eq!(running.code(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn time_calls_and_a_number_of_readers_end_it_too() {
    let sandbox = with_readers(2).await;
    for (option, value, end) in [
        ("--until", "1s", "deadline"),
        ("--deadline", "1s", "deadline"),
        ("--max-calls", "2", "calls"),
        ("--target", "2", "target"),
    ] {
        let text = succeed(watch(&sandbox).args([option, value]));
        let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
        assert_eq!(
            (&last["end"], &last["readers"]),
            (&json!(end), &json!(2)),
            "{option}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_not_read_it_is_named_at_the_end() {
    let sandbox = with_readers(2).await;
    let (_folder, file) = people("user000001\nzoe\n李小龙\n");
    let mut watch = watch(&sandbox);
    let text = succeed(watch.args(["--expect", &file, "--max-calls", "1", "--format", "text"]));
    let lines = text.lines().map(|line| match line.get(2..3) {
        Some(":") => format!("HH:MM:SS{}\n", &line[8..]),
        _ => format!("{line}\n"),
    });
    golden("watch.txt", &lines.collect::<String>());
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_of_one_page_are_counted_one_by_one() {
    let sandbox = with_readers(3).await;
    let text = succeed(watch(&sandbox).args(["--target", "3", "--format", "text"]));
    let counted = text.lines().filter_map(|line| line.rsplit_once("  "));
    let counted: Vec<_> = counted.map(|(_, count)| count).collect();
    assert_eq!(counted[1..], ["(1)", "(2)", "(3)"], "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interruption_says_how_things_stand() {
    let sandbox = with_readers(1).await;
    let mut running = Running::start(&mut watch(&sandbox));
    running.line();
    running.line();
    send("INT", running.child.id());
    let end = running.line();
    assert_eq!(
        (&end["end"], &end["readers"]),
        (&json!("interrupted"), &json!(1))
    );
    assert_eq!(running.code(), 130);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_says_how_things_stand_and_why() {
    let sandbox = with_readers(1).await;
    let refusal = Answer::error("Forbidden.AccessDenied.AccessTokenPermissionDenied");
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine())
        .always(refusal);
    let done = run(&mut watch(&sandbox));
    assert_eq!(done.code, 3, "{}", done.stderr);
    let last: Value = serde_json::from_str(done.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&last["end"], &last["readers"]),
        (&json!("failed"), &json!(1))
    );
    assert!(
        done.stderr.contains("AccessTokenPermissionDenied"),
        "{}",
        done.stderr
    );
}

#[test]
fn the_sandbox_shows_people_reading() {
    let mut command = command();
    let text = succeed(command.args(["watch", "--sandbox", "--sandbox-readers", "1"]));
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(
        text.lines().last().unwrap().contains("\"end\":\"target\""),
        "{text}"
    );
}

#[test]
fn an_end_that_has_passed_is_a_usage_error() {
    let mut command = command();
    command.args(["watch", "--sandbox", "--until", "2020-01-01T10:00"]);
    let done = run(command.args(["--error-format", "json"]));
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("it has passed"), "{}", done.stderr);
}
