//! `unread`: who has not read the message.

use std::io::Write as _;
use std::process::{Command, Stdio};

use dingtalk_receipts_sandbox::{Answer, Operation, Reader, Sandbox};
use serde_json::{Value, json};

use crate::support::{
    CONVERSATION, KEY, ROBOT, TOKEN, command, golden, readers, run, succeed, with_list,
    with_readers,
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
    let (_folder, file) = list("# the team\nanna\n李小龙\n\nunion-guest\nbob\nanna\n");
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

/// What `readers` prints is a list of people, in every form but the table, and so is what a spreadsheet makes of it.
#[tokio::test(flavor = "multi_thread")]
async fn the_command_s_own_output_is_a_checklist() {
    let people = [
        Reader::new("anna", "union-anna"),
        Reader::outside("union-guest"),
    ];
    let sandbox = with_list(people).await;
    let mut lists = ["csv", "ndjson", "json"]
        .map(|format| succeed(readers(&sandbox).args(["--format", format])).into_bytes())
        .to_vec();
    let csv = String::from_utf8(lists[0].clone()).unwrap();
    let semicolons = format!("sep=;\r\n{}", csv.replace(',', ";").replace('\n', "\r\n"));
    let utf16 = semicolons
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    lists.push([b"\xff\xfe".to_vec(), utf16].concat());
    lists.push(format!("\u{feff}{csv},\n").into_bytes());
    for list in lists {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("people");
        std::fs::write(&file, &list).unwrap();
        let file = file.to_str().unwrap();
        let text = succeed(unread(&sandbox, file).args(["--format", "table"]));
        assert_eq!(
            text,
            "All 2 have read the message. Send status: SUCCESS.\n",
            "{}",
            String::from_utf8_lossy(&list)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cron_job_learns_by_the_exit_code_that_people_have_not_read_it() {
    let sandbox = with_readers(1).await;
    let (_folder, file) = list("user000000\nzoe\n");
    let done = run(unread(&sandbox, &file).arg("--fail-if-unread"));
    assert_eq!((done.code, done.stdout.as_str()), (8, "{\"id\":\"zoe\"}\n"));
    assert!(
        done.stderr.contains("1 of 2 people have not read"),
        "{}",
        done.stderr
    );
    let json = run(unread(&sandbox, &file).args(["--fail-if-unread", "--error-format", "json"]));
    assert!(
        json.stderr.contains("\"kind\":\"unread\""),
        "{}",
        json.stderr
    );
    assert_eq!(run(&mut unread(&sandbox, &file)).code, 0);
    let (_folder, file) = list("user000000\n");
    assert_eq!(run(unread(&sandbox, &file).arg("--fail-if-unread")).code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_ids_is_a_usage_error_that_names_the_line_and_nothing_is_sent() {
    let sandbox = with_readers(1).await;
    for (lines, said) in [
        (
            "user000000\nzoe, the first\n",
            "line 2 has `zoe, the first`",
        ),
        ("name,mail\nzoe,z@x\n", "--expect-column"),
        ("userId\n1.2E+17\n", "shortened"),
    ] {
        let (_folder, file) = list(lines);
        let done = run(&mut unread(&sandbox, &file));
        assert_eq!(done.code, 2, "{}", done.stderr);
        let text: Vec<_> = done.stderr.split_whitespace().collect();
        assert!(text.join(" ").contains(said), "{}", done.stderr);
    }
    assert_eq!(sandbox.count(Operation::Query), 0);
    let (_folder, file) = list("name,mail\nzoe,user000000\n");
    let text = succeed(unread(&sandbox, &file).args(["--expect-column", "mail"]));
    assert_eq!(text, "");
}
