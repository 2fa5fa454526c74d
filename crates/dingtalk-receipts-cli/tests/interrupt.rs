//! Ctrl-C and SIGTERM.

use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox};
use serde_json::Value;

use crate::support::{TOKEN, command, golden, readers, succeed, with_readers};

/// Sends a signal to one process, by its id.
pub(crate) fn send(signal: &str, process: u32) {
    let status = Command::new("kill")
        .args([format!("-{signal}"), process.to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

/// Waits until the sandbox has been asked so often.
async fn asked(sandbox: &Sandbox, calls: u64) {
    while sandbox.count(Operation::Query) < calls {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_received_is_printed_with_the_place_to_go_on() {
    for (signal, format) in [
        ("INT", "table"),
        ("INT", "json"),
        ("TERM", "csv"),
        ("INT", "ndjson"),
    ] {
        let sandbox = with_readers(7).await;
        sandbox
            .script(Operation::Query)
            .times(2, Answer::genuine())
            .then(Answer::genuine().hanging());
        let child = readers(&sandbox)
            .args(["--max-results", "2", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        asked(&sandbox, 3).await;
        send(signal, child.id());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{format}");
        golden(
            &format!("interrupted.{format}"),
            &String::from_utf8(output.stdout).unwrap(),
        );
        golden(
            "interrupted.txt",
            &String::from_utf8(output.stderr)
                .unwrap()
                .replace(&format!("--format {format}"), "--format FORMAT"),
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cursor_of_an_interrupted_run_gives_exactly_the_rest() {
    let sandbox = with_readers(7).await;
    sandbox
        .script(Operation::Query)
        .times(2, Answer::genuine())
        .then(Answer::genuine().hanging());
    let mut command_line = readers(&sandbox);
    command_line.args(["--max-results", "2", "--error-format", "json"]);
    let child = command_line
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    asked(&sandbox, 3).await;
    send("INT", child.id());
    let output = child.wait_with_output().unwrap();
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(
        (&error["exitCode"], &error["kind"]),
        (&130.into(), &"interrupted".into())
    );

    let mut rest = command();
    rest.args(["readers", "--resume", error["cursor"].as_str().unwrap()]);
    rest.args(["--base-url", &sandbox.url()])
        .env("DINGTALK_ACCESS_TOKEN", TOKEN);
    let text = String::from_utf8(output.stdout).unwrap() + &succeed(&mut rest);
    let ids: Vec<_> = text.lines().map(|line| line[..22].to_owned()).collect();
    let expected: Vec<_> = (0..7)
        .map(|n| format!("{{\"userId\":\"user{n:06}\""))
        .collect();
    assert_eq!(ids, expected);
}

#[test]
fn a_command_that_still_reads_its_arguments_ends_at_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    for arguments in [
        &["unread", "--sandbox", "--expect"][..],
        &["watch", "--sandbox", "--expect"],
        &["export"],
        &["token", "--app-key", "k", "--app-secret-file"],
        &["readers", "k", "-c", "c", "--access-token-file"],
    ] {
        let mut child = command().args(arguments).arg(&pipe).spawn().unwrap();
        // It opens when the command does, which then waits for what never comes.
        let _writer = OpenOptions::new().write(true).open(&pipe).unwrap();
        send("INT", child.id());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_ctrl_c_ends_even_a_blocked_command() {
    let sandbox = with_readers(100_000).await;
    let mut child = readers(&sandbox)
        .args(["--rate-limit", "off", "--format", "ndjson"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Nobody reads on, so the pipe fills up and the command blocks in the middle of writing.
    let mut stdout = BufReader::with_capacity(16, child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    send("INT", child.id());
    // Whichever of the two it sees first, it ends with the same code.
    while child.try_wait().unwrap().is_none() {
        send("INT", child.id());
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(child.wait().unwrap().code(), Some(130));
}
