//! The four formats.

use dingtalk_receipts_sandbox::{Answer, Message, Operation, Reader};
use serde_json::{Value, json};

use crate::support::{golden, message, readers, run, sandbox, succeed, with_list, with_readers};

/// Readers of every kind: wide, quoted, from outside, and without a union id.
fn people() -> Vec<Reader> {
    vec![
        Reader::new("manager4220", "union-short"),
        Reader::new("李小龙", "联合标识"),
        Reader::new("a,\"b\"\nc", "=1+1"),
        Reader::outside("union-of-a-guest"),
        Reader::of_corp("only-user-id"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_format_shows_the_same_readers() {
    let sandbox = with_list(people()).await;
    for format in ["table", "json", "ndjson", "csv"] {
        let done = run(readers(&sandbox).args(["--format", format]));
        assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{format}");
        golden(&format!("readers.{format}"), &done.stdout);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shown_in_each_format() {
    let sandbox = with_readers(0).await;
    for format in ["table", "json", "ndjson", "csv"] {
        golden(
            &format!("nobody.{format}"),
            &succeed(readers(&sandbox).args(["--format", format])),
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_stand_below_each_other_whatever_the_script() {
    let sandbox = with_list(people()).await;
    let text = succeed(readers(&sandbox).args(["--format", "table"]));
    let rows: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    // A Chinese character is two columns wide.
    let column = |row: &str, of: &str| {
        let before = &row[..row.find(of).unwrap()];
        before
            .chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum::<usize>()
    };
    assert_eq!(column(rows[0], "UNION ID"), column(rows[1], "union-short"));
    assert_eq!(column(rows[0], "UNION ID"), column(rows[2], "联合标识"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_lets_no_control_character_reach_the_terminal() {
    let sandbox = with_list([Reader::new("\u{1b}[31mred\u{7}", "\u{202e}u\r\n")]).await;
    let text = succeed(readers(&sandbox).args(["--format", "table"]));
    assert!(text.contains("\\u{1b}[31mred"), "{text}");
    assert!(
        text.chars().all(|c| !c.is_control() || c == '\n'),
        "{text:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_one_object_with_the_fields_in_order() {
    let sandbox = with_readers(201).await;
    let text = succeed(readers(&sandbox).args(["--format", "json"]));
    assert!(
        text.starts_with(r#"{"sendStatus":"SUCCESS","readers":[{"userId":"user000000","unionId":"#)
    );
    assert!(text.ends_with("],\"pages\":2,\"complete\":true}\n"));
    assert_eq!(text.lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_send_status_and_a_missing_one_are_told() {
    let new = sandbox(message(1).send_status("DELIVERED_LATER"))
        .start()
        .await
        .unwrap();
    let value: Value = serde_json::from_str(&succeed(readers(&new).args(["-f", "json"]))).unwrap();
    assert_eq!(value["sendStatus"], "DELIVERED_LATER");
    let none = sandbox(message(1).without_send_status())
        .start()
        .await
        .unwrap();
    let value: Value = serde_json::from_str(&succeed(readers(&none).args(["-f", "json"]))).unwrap();
    assert_eq!(value["sendStatus"], json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_gets_a_reader_a_line() {
    let sandbox = with_readers(3).await;
    let text = succeed(&mut readers(&sandbox));
    assert_eq!(
        text,
        succeed(readers(&sandbox).args(["--format", "ndjson"]))
    );
    assert_eq!(text.lines().count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_format_takes_100_000_readers() {
    let sandbox = with_readers(100_000).await;
    for format in ["table", "json", "ndjson", "csv"] {
        sandbox.forget_calls();
        let text = succeed(readers(&sandbox).args(["--rate-limit", "off", "--format", format]));
        assert_eq!(text.matches("union099999iEiE").count(), 1, "{format}");
        assert_eq!(text.matches("iEiE").count(), 100_000, "{format}");
        assert_eq!(sandbox.count(Operation::Query), 500, "{format}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_listening_any_more_is_no_error_and_ends_the_calls() {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;

    let sandbox = with_readers(1_000_000).await;
    let mut child = readers(&sandbox)
        .args(["--rate-limit", "off"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(line.contains("user000000"));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(
        sandbox.count(Operation::Query) < 5_000,
        "calls went on after the pipe was closed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_endpoint_document_s_own_message_is_read() {
    let given = Message::new("KEY")
        .conversation("CID")
        .robot("R")
        .readers(2);
    let sandbox = sandbox(given.cursor_prefix("游标 ")).start().await.unwrap();
    let mut command = crate::support::command();
    command.args([
        "readers",
        "KEY",
        "-c",
        "CID",
        "-r",
        "R",
        "--max-results",
        "1",
        "-f",
        "csv",
    ]);
    command
        .args(["--base-url", &sandbox.url()])
        .env("DINGTALK_ACCESS_TOKEN", crate::support::TOKEN);
    assert_eq!(succeed(&mut command).lines().count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_written_whole_in_the_form_of_its_extension() {
    let sandbox = with_readers(300).await;
    let folder = tempfile::tempdir().unwrap();
    for (name, begins) in [
        ("out.csv", "userId,unionId\n"),
        ("out.json", "{\"sendStatus\""),
        ("out.ndjson", "{\"userId\""),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, "before").unwrap();
        sandbox.script(Operation::Query).clear();
        sandbox
            .script(Operation::Query)
            .then(Answer::genuine())
            .then(Answer::error("invalidParameter.param.invalid"));
        let done = run(readers(&sandbox).arg("-o").arg(&path));
        assert_eq!(done.code, 4, "{}", done.stderr);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
        assert!(done.stderr.contains(".partial"), "{}", done.stderr);
        assert!(!done.stderr.contains("-o ") && !done.stderr.contains("--output"));
        assert_eq!(succeed(readers(&sandbox).arg("-o").arg(&path)), "");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with(begins) && text.contains("user000299"),
            "{text}"
        );
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    let done = run(readers(&sandbox)
        .arg("-o")
        .arg(folder.path().join("out.doc")));
    assert_eq!(done.code, 2, "{}", done.stderr);
}

/// `--resume ... >> file`.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_appended_to_has_one_header() {
    let sandbox = with_readers(300).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    let append = || {
        std::fs::File::options()
            .append(true)
            .create(true)
            .open(&path)
            .unwrap()
    };
    let mut first = readers(&sandbox);
    first
        .args(["--format", "csv", "--max-pages", "1"])
        .stdout(append());
    let said = first.output().unwrap().stderr;
    let said = String::from_utf8(said).unwrap();
    let cursor = said
        .split_whitespace()
        .find(|word| word.starts_with("dr1."))
        .unwrap();
    let again = |command: &mut std::process::Command| {
        command.args([
            "readers",
            "--resume",
            cursor,
            "--base-url",
            &sandbox.url(),
            "--format",
            "csv",
        ]);
        command.env("DINGTALK_ACCESS_TOKEN", crate::support::TOKEN);
    };
    let mut rest = crate::support::command();
    again(&mut rest);
    assert!(rest.stdout(append()).status().unwrap().success());
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        (text.lines().count(), text.matches("userId").count()),
        (301, 1)
    );
    // A file that would lose what it has is not replaced.
    let mut rest = crate::support::command();
    again(&mut rest);
    assert_eq!(run(rest.arg("-o").arg(&path)).code, 2);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}
