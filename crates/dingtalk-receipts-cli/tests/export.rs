//! `export`: many messages, with a journal.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use dingtalk_receipts_sandbox::{Answer, Message, Operation, Reader, Robot, Sandbox};
use serde_json::Value;

use crate::interrupt::send;
use crate::support::{APP_KEY, APP_SECRET, TOKEN, command, golden, run, sandbox, succeed};

const HEADER: &str = "processQueryKey,openConversationId,robotCode\n";

/// A sandbox with messages m0, m1 and so on, each with one reader more than the one before.
pub(crate) async fn with_messages(count: u64) -> Sandbox {
    let builder = Sandbox::builder()
        .app(dingtalk_receipts_sandbox::App::internal(
            APP_KEY, APP_SECRET,
        ))
        .static_token(TOKEN);
    let message = |number| {
        Message::new(format!("m{number}"))
            .conversation("cid")
            .robot("r")
            .readers(number)
    };
    (0..count)
        .fold(builder, |builder, number| builder.message(message(number)))
        .start()
        .await
        .unwrap()
}

/// A list of these messages as CSV.
pub(crate) fn list(folder: &Path, keys: impl IntoIterator<Item = String>) -> String {
    let rows: String = keys
        .into_iter()
        .map(|key| format!("{key},cid,r\n"))
        .collect();
    let file = folder.join("messages.csv");
    std::fs::write(&file, HEADER.to_owned() + &rows).unwrap();
    file.to_str().unwrap().to_owned()
}

pub(crate) fn export(sandbox: &Sandbox, input: &str) -> Command {
    let mut command = command();
    command.args([
        "export",
        input,
        "--base-url",
        &sandbox.url(),
        "--rate-limit",
        "off",
    ]);
    command.env("DINGTALK_ACCESS_TOKEN", TOKEN);
    command
}

pub(crate) fn objects(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_format_has_every_message_in_order() {
    let sandbox = with_messages(3).await;
    sandbox.put_message(
        Message::new("m3")
            .conversation("群")
            .robot("r")
            .reader_list([Reader::outside("访客")]),
    );
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("messages.ndjson");
    let line = |key: &str, conversation: &str| {
        format!("{{\"processQueryKey\":\"{key}\",\"openConversationId\":\"{conversation}\"}}\n")
    };
    let lines = ["m2", "m0", "nowhere", "m1"]
        .map(|key| line(key, "cid"))
        .concat()
        + &line("m3", "群");
    std::fs::write(&input, lines).unwrap();
    let input = input.to_str().unwrap();
    for format in ["ndjson", "csv"] {
        let output = folder.path().join(format!("out.{format}"));
        let done = run(export(&sandbox, input)
            .args(["--robot", "r", "--output"])
            .arg(&output));
        assert_eq!(done.code, 4, "{}", done.stderr);
        golden(
            &format!("export.{format}"),
            &std::fs::read_to_string(output).unwrap(),
        );
        golden("export.txt", &done.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_run_goes_on_and_asks_for_nothing_twice() {
    let sandbox = with_messages(40).await;
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), (0..40).map(|number| format!("m{number}")));
    let output = folder.path().join("out.ndjson");
    let journal = folder.path().join("out.ndjson.journal");
    let script = sandbox.script(Operation::Query);
    script
        .times(10, Answer::genuine())
        .always(Answer::genuine().hanging());

    let mut command = export(&sandbox, &input);
    command
        .args(["--concurrency", "2", "--output"])
        .arg(&output);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while sandbox.count(Operation::Query) < 12 {
        tokio::task::yield_now().await;
    }
    send("INT", child.id());
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(130), "{said}");
    assert!(said.contains("Run the same command again"), "{said}");
    assert!(!output.exists(), "it is not whole");
    let first = std::fs::read_to_string(folder.path().join("out.ndjson.partial")).unwrap();
    // Of two that are asked for together, one may wait for its turn in the output; the journal has it.
    assert!((9..=10).contains(&objects(&first).len()), "{first}");
    assert!(journal.exists());

    sandbox.script(Operation::Query).clear();
    sandbox.forget_calls();
    let mut again = export(&sandbox, &input);
    let done = run(again.arg("--output").arg(&output));
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(
        done.stderr.contains("Going on with 10 messages"),
        "{}",
        done.stderr
    );
    assert_eq!(sandbox.count(Operation::Query), 30);
    let all = objects(&std::fs::read_to_string(&output).unwrap());
    let keys: Vec<_> = all
        .iter()
        .map(|object| object["processQueryKey"].clone())
        .collect();
    let expected: Vec<_> = (0..40)
        .map(|number| Value::from(format!("m{number}")))
        .collect();
    assert_eq!(keys, expected);
    for (number, object) in all.iter().enumerate() {
        assert_eq!(object["readers"].as_array().unwrap().len(), number);
        assert_eq!(
            (&object["complete"], &object["error"]),
            (&true.into(), &Value::Null)
        );
    }
    assert!(!journal.exists(), "the next run shall ask anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_for_good_is_an_answer_and_the_next_run_asks_anew() {
    let sandbox = with_messages(5).await;
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), ["m1", "m9", "m3"].map(str::to_owned));
    let output = folder.path().join("out.csv");
    let ask = || run(export(&sandbox, &input).arg("--output").arg(&output));
    let done = ask();
    assert_eq!(done.code, 4);
    assert!(
        done.stderr.contains("1 of 3 messages failed") && !done.stderr.contains("again:"),
        "{}",
        done.stderr
    );
    let text = std::fs::read_to_string(&output).unwrap();
    assert_eq!(text.lines().count(), 1 + 1 + 1 + 3);
    assert!(
        text.contains("m9,cid,r,,,,false,DingTalk refused the call"),
        "{text}"
    );
    assert!(!folder.path().join("out.csv.journal").exists());

    sandbox.put_message(Message::new("m9").conversation("cid").robot("r").readers(9));
    sandbox.forget_calls();
    assert_eq!(ask().code, 0);
    assert_eq!(sandbox.count(Operation::Query), 3);
    assert_eq!(
        std::fs::read_to_string(&output).unwrap().lines().count(),
        1 + 1 + 9 + 3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_message_survives_ends_the_run_at_once() {
    let sandbox = with_messages(100).await;
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), (0..100).map(|number| format!("m{number}")));
    let mut command = export(&sandbox, &input);
    command
        .env("DINGTALK_ACCESS_TOKEN", "wrong")
        .args(["--concurrency", "1"]);
    let done = run(&mut command);
    assert_eq!(done.code, 3, "{}", done.stderr);
    assert!(
        done.stderr.contains("InvalidAuthentication"),
        "{}",
        done.stderr
    );
    assert!(sandbox.count(Operation::Query) < 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_ends_the_run_in_order() {
    let sandbox = with_messages(3).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine())
        .always(Answer::genuine().hanging());
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), (0..3).map(|number| format!("m{number}")));
    let done = run(export(&sandbox, &input).args(["--concurrency", "1", "--deadline", "2s"]));
    assert_eq!(done.code, 6, "{}", done.stderr);
    assert!(
        done.stderr.contains("out of time, after 1 of 3 messages"),
        "{}",
        done.stderr
    );
    assert_eq!(objects(&done.stdout).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_passing_failure_is_asked_again_unless_all_is_to_be() {
    let sandbox = with_messages(4).await;
    sandbox
        .script(Operation::Query)
        .times(2, Answer::genuine())
        .always(Answer::error("system.error"));
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), ["m1", "m2", "m3"].map(str::to_owned));
    let output = folder.path().join("out.ndjson");
    std::fs::write(&output, "yesterday's").unwrap();
    let ask = |more: &[&str]| {
        sandbox.forget_calls();
        let mut command = export(&sandbox, &input);
        command.args(["--concurrency", "1", "--attempts", "1", "--output"]);
        let done = run(command.arg(&output).args(more));
        assert_eq!(done.code, 5, "{}", done.stderr);
        assert!(
            done.stderr.contains("Run the same command again"),
            "{}",
            done.stderr
        );
        assert_eq!(std::fs::read_to_string(&output).unwrap(), "yesterday's");
        sandbox.count(Operation::Query)
    };
    let asked = [
        ask(&[]),
        ask(&[]),
        ask(&["--max-age", "1ms"]),
        ask(&["--fresh"]),
    ];
    assert_eq!(asked, [3, 1, 3, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_may_come_from_standard_input() {
    let sandbox = with_messages(3).await;
    let mut child = export(&sandbox, "-")
        .args(["--conversation", "cid", "--robot", "r"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"processQueryKey\nm2\nm1\n")
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let readers = |object: &Value| object["readers"].as_array().unwrap().len();
    let all = objects(&String::from_utf8(output.stdout).unwrap());
    let mut numbers: Vec<_> = all.iter().map(readers).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_none_is_a_usage_error_and_nothing_is_sent_or_written() {
    let sandbox = with_messages(1).await;
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("list");
    let output = folder.path().join("out.csv");
    std::fs::write(&output, "kept").unwrap();
    for (list, said) in [
        ("a,b\n1,2\n", "processQueryKey"),
        ("processQueryKey\nm0\n", "--conversation"),
        (
            "processQueryKey,openConversationId\n,cid\n",
            "line 2 has no processQueryKey",
        ),
        ("{\"processQueryKey\":1}\n", "line 1"),
    ] {
        std::fs::write(&input, list).unwrap();
        let done = run(export(&sandbox, input.to_str().unwrap())
            .arg("--output")
            .arg(&output));
        assert_eq!(done.code, 2, "{list}: {}", done.stderr);
        let text: Vec<_> = done.stderr.split_whitespace().collect();
        assert!(text.join(" ").contains(said), "{list}: {}", done.stderr);
    }
    let same = run(export(&sandbox, output.to_str().unwrap())
        .arg("--output")
        .arg(&output));
    assert_eq!(same.code, 2);
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "kept");
    assert_eq!(sandbox.count(Operation::Query), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_of_webhook_robots_are_named_by_its_token_which_is_written_nowhere() {
    let message = |key: &str, readers| {
        Message::new(key)
            .conversation("cid")
            .robot("hook")
            .readers(readers)
    };
    let sandbox = sandbox(message("m1", 1))
        .message(message("m2", 2))
        .robot(Robot::new("hook").webhook_token("canary-hook"))
        .start()
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [input, output, journal, secret] =
        ["input", "output", "journal", "secret"].map(|name| folder.path().join(name));
    std::fs::write(&secret, "canary-hook\n").unwrap();
    let bare = "processQueryKey\nm1\nm2\nm9\n";
    let csv = "processQueryKey,token\nm1,canary-hook\nm2,canary-hook\nm9,canary-hook\n";
    let ndjson = "{\"processQueryKey\":\"m1\",\"token\":\"canary-hook\"}\n\
        {\"processQueryKey\":\"m2\",\"openConversationId\":\"cid\",\"robotCode\":\"hook\"}\n\
        {\"processQueryKey\":\"m9\"}\n";
    let by_file = |command: &mut Command| _ = command.arg("--webhook-token-file").arg(&secret);
    let by_variable =
        |command: &mut Command| _ = command.env("DINGTALK_WEBHOOK_TOKEN", "canary-hook");
    let by_row = |_: &mut Command| {};
    type Name<'a> = &'a dyn Fn(&mut Command);
    // A passing failure keeps the journal from being removed.
    let ways: [(&str, Name<'_>); 4] = [
        (csv, &by_row),
        (ndjson, &by_variable),
        (bare, &by_file),
        (bare, &by_variable),
    ];
    for (list, name) in ways {
        std::fs::write(&input, list).unwrap();
        let mut command = export(&sandbox, input.to_str().unwrap());
        command.arg("--output").arg(&output).arg("--fresh");
        command.arg("--journal").arg(&journal);
        command.args(["--concurrency", "1", "--attempts", "1"]);
        name(&mut command);
        sandbox.script(Operation::Query).clear();
        sandbox
            .script(Operation::Query)
            .times(2, Answer::genuine())
            .then(Answer::error("system.error"));
        let done = run(&mut command);
        let written = std::fs::read_to_string(folder.path().join("output.partial")).unwrap();
        let answers = objects(&written);
        let numbers = answers
            .iter()
            .map(|one| one["readers"].as_array().unwrap().len());
        assert_eq!(
            numbers.collect::<Vec<_>>(),
            [1, 2, 0],
            "{list}: {}",
            done.stderr
        );
        assert_eq!(
            (done.code, &answers[2]["error"]["code"]),
            (5, &"system.error".into())
        );
        let kept = std::fs::read_to_string(&journal).unwrap();
        assert_eq!(kept.lines().count(), 3, "{kept}");
        assert!(!(written + &kept + &done.stderr).contains("canary"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_gone_on_with_has_no_journal() {
    let sandbox = with_messages(2).await;
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), ["m1".to_owned()]);
    let names = || {
        let entries = std::fs::read_dir(folder.path()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name())
            .collect::<Vec<_>>()
    };
    let before = names();
    let to = |output: &Path| {
        let mut command = export(&sandbox, &input);
        run(command
            .current_dir(folder.path())
            .arg("--output")
            .arg(output))
    };
    // Standard output by its name, a device, and what cannot be written at all.
    assert_eq!(objects(&to(Path::new("-")).stdout).len(), 1);
    assert_eq!(objects(&to(Path::new("/dev/stdout")).stdout).len(), 1);
    assert!(!Path::new("/dev/stdout.journal").exists());
    let done = to(Path::new("/dev/full"));
    assert_eq!(done.code, 1, "{}", done.stderr);
    assert!(done.stderr.contains("cannot write"), "{}", done.stderr);
    for wrong in [folder.path(), &folder.path().join("none/out")] {
        let done = to(wrong);
        assert_eq!(done.code, 1);
        assert!(done.stderr.contains("cannot write"), "{}", done.stderr);
    }
    assert_eq!(names(), before);
    // A journal that is no file has no end.
    let mut command = export(&sandbox, &input);
    let done = run(command.args(["--journal", "/dev/zero"]));
    assert_eq!(done.code, 1);
    assert!(
        done.stderr.contains("not a regular file"),
        "{}",
        done.stderr
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn fresh_removes_a_journal_and_nothing_else() {
    let sandbox = with_messages(2).await;
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), ["m1".to_owned()]);
    let notes = folder.path().join("notes");
    std::fs::write(&notes, "my notes\n").unwrap();
    let mut command = export(&sandbox, &input);
    let done = run(command.arg("--fresh").arg("--journal").arg(&notes));
    assert_eq!(done.code, 1, "{}", done.stderr);
    assert_eq!(std::fs::read_to_string(&notes).unwrap(), "my notes\n");
}

#[test]
fn the_sandbox_has_messages_to_export() {
    let text = succeed(command().args(["export", "--sandbox", "--rate-limit", "off"]));
    assert_eq!(objects(&text).len(), 100);
}

#[test]
fn completions_are_printed_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = succeed(command().args(["completions", shell]));
        assert!(
            text.contains("dingtalk-receipts") && text.contains("unread"),
            "{shell}"
        );
    }
}
