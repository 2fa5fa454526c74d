//! `export`: its files, which nothing takes the place of by mistake.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use dingtalk_receipts_sandbox::{Answer, Message, Operation, Robot};
use serde_json::Value;

use crate::export::{export, list, objects, with_messages};
use crate::support::{run, sandbox};

/// Each file, by its name.
fn contents(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap_or_default())
        })
        .collect();
    files.sort();
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_the_run_under_another_name_is_refused_before_anything_is_written() {
    let sandbox = with_messages(2).await;
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), ["m1".to_owned()]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("old.ndjson"), "yesterday's").unwrap();
    fs::hard_link(&input, path("hard.csv")).unwrap();
    symlink(&input, path("soft.csv")).unwrap();
    symlink(path("old.ndjson"), path("old-link.ndjson")).unwrap();
    symlink(path("new.ndjson"), path("new-link.ndjson")).unwrap();
    fs::hard_link(path("old.ndjson"), path("old-hard.ndjson")).unwrap();
    let before = contents(folder.path());
    for (output, journal) in [
        (path("hard.csv"), None),
        (path("soft.csv"), None),
        (path("old.ndjson"), Some(path("old.ndjson"))),
        (path("old.ndjson"), Some(path("old-link.ndjson"))),
        (path("old.ndjson"), Some(path("old-hard.ndjson"))),
        (path("new.ndjson"), Some(path("new.ndjson"))),
        (path("new.ndjson"), Some(path("new-link.ndjson"))),
        (path("new-link.ndjson"), Some(path("new.ndjson"))),
        (path("new.ndjson"), Some(path("new.ndjson.partial"))),
        (path("new.ndjson"), Some(input.clone())),
        (path("j.damaged"), Some(path("j"))),
    ] {
        let mut command = export(&sandbox, &input);
        command.args(["--output", &output, "--format", "csv"]);
        if let Some(journal) = &journal {
            command.args(["--journal", journal]);
        }
        let done = run(&mut command);
        assert_eq!(done.code, 2, "{output} {journal:?}: {}", done.stderr);
        let text: Vec<_> = done.stderr.split_whitespace().collect();
        assert!(
            text.join(" ").contains("is the same file as"),
            "{}",
            done.stderr
        );
        assert_eq!(contents(folder.path()), before);
    }
    // The list may come by redirection, too.
    let mut command = export(&sandbox, "-");
    command.stdin(fs::File::open(&input).unwrap());
    let done = run(command.args(["--output", &input]));
    assert_eq!(done.code, 2, "{}", done.stderr);
    assert_eq!(contents(folder.path()), before);
    assert_eq!(sandbox.count(Operation::Query), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_do_not_write_to_one_output() {
    let sandbox = with_messages(3).await;
    sandbox
        .script(Operation::Query)
        .always(Answer::genuine().hanging());
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), ["m1".to_owned()]);
    let output = folder.path().join("out.ndjson");
    let mut first = export(&sandbox, &input)
        .arg("--output")
        .arg(&output)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while sandbox.count(Operation::Query) < 1 {
        tokio::task::yield_now().await;
    }
    let mut second = export(&sandbox, &input);
    second.arg("--output").arg(&output);
    let done = run(second.args(["--journal", folder.path().join("j").to_str().unwrap()]));
    assert_eq!(done.code, 2, "{}", done.stderr);
    assert!(done.stderr.contains("another run"), "{}", done.stderr);
    first.kill().unwrap();
    first.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_extension_that_cannot_be_written_is_an_error() {
    let sandbox = with_messages(2).await;
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), ["m1".to_owned()]);
    let ask = |name: &str, more: &[&str]| {
        let output = folder.path().join(name);
        run(export(&sandbox, &input)
            .arg("--output")
            .arg(output)
            .args(more))
    };
    let done = ask("out.pdf", &[]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains(".pdf"), "{}", done.stderr);
    assert_eq!(sandbox.count(Operation::Query), 0);
    for (name, more) in [
        ("out.pdf", &["--format", "csv"][..]),
        ("out.CSV", &[]),
        ("out.jsonl", &[]),
        ("out", &[]),
    ] {
        assert_eq!(ask(name, more).code, 0, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_s_journal_is_refused() {
    let [staging, production] = [with_messages(3).await, with_messages(3).await];
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), ["m1", "m2"].map(str::to_owned));
    let output = folder.path().join("out.ndjson");
    staging
        .script(Operation::Query)
        .then(Answer::genuine())
        .always(Answer::error("system.error"));
    let ask = |sandbox, more: &[&str]| {
        let mut command = export(sandbox, &input);
        command.args(["--concurrency", "1", "--attempts", "1", "--output"]);
        run(command.arg(&output).args(more))
    };
    assert_eq!(ask(&staging, &[]).code, 5);
    let done = ask(&production, &[]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    let text: Vec<_> = done.stderr.split_whitespace().collect();
    let text = text.join(" ");
    assert!(
        text.contains("it is of the server http://127.0.0.1"),
        "{text}"
    );
    assert!(text.contains("--fresh"), "{text}");
    assert_eq!(production.count(Operation::Query), 0);
    assert!(!output.exists());
    assert_eq!(ask(&production, &["--fresh"]).code, 0);
    assert_eq!(objects(&fs::read_to_string(&output).unwrap()).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_webhook_tokens_with_one_key_have_their_own_answers() {
    let message = |robot: &str, readers| {
        Message::new("m")
            .conversation(robot)
            .robot(robot)
            .readers(readers)
    };
    let sandbox = sandbox(message("one", 1))
        .message(message("two", 2))
        .robot(Robot::new("one").webhook_token("canary-one"))
        .robot(Robot::new("two").webhook_token("canary-two"))
        .start()
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("list.csv");
    fs::write(
        &input,
        "processQueryKey,token\nm,canary-one\nm,canary-two\n",
    )
    .unwrap();
    let output = folder.path().join("out.ndjson");
    let mut command = export(&sandbox, input.to_str().unwrap());
    run(command
        .args(["--concurrency", "1", "--output"])
        .arg(&output));
    assert_eq!(sandbox.count(Operation::Query), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_listed_often_is_asked_once_and_what_the_list_says_is_carried() {
    let sandbox = with_messages(4).await;
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("list.csv");
    let rows = "Team;processQueryKey;openConversationId;robotCode\nA;m2;cid;r\nB;m1;cid;r\n;;;\n\"C; D\";m2;cid;r\n";
    fs::write(
        &input,
        format!("\u{feff}sep=;\r\n{}", rows.replace('\n', "\r\n")),
    )
    .unwrap();
    for output in [Some("out.ndjson"), None] {
        sandbox.forget_calls();
        let mut command = export(&sandbox, input.to_str().unwrap());
        let output = output.map(|name| folder.path().join(name));
        if let Some(output) = &output {
            command.arg("--output").arg(output);
        }
        let done = run(command.args(["--concurrency", "1"]));
        assert_eq!(done.code, 0, "{}", done.stderr);
        assert_eq!(sandbox.count(Operation::Query), 2);
        let text = output.map_or(done.stdout, |output| fs::read_to_string(output).unwrap());
        let mut rows: Vec<_> = objects(&text)
            .iter()
            .map(|row| {
                let readers = row["readers"].as_array().unwrap().len();
                (row["columns"]["Team"].clone(), readers)
            })
            .collect();
        rows.sort_by_key(|(team, _)| team.to_string());
        assert_eq!(rows, [("A".into(), 2), ("B".into(), 1), ("C; D".into(), 2)]);
    }
    let mut command = export(&sandbox, input.to_str().unwrap());
    let done = run(command.args(["--format", "csv", "--concurrency", "1"]));
    assert!(
        done.stdout
            .lines()
            .next()
            .unwrap()
            .ends_with("error,asOf,Team")
    );
    assert_eq!(
        done.stdout.matches(",\"C; D\"").count() + done.stdout.matches(",C; D").count(),
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn workbooks_are_read_and_written() {
    let sandbox = with_messages(3).await;
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (
        folder.path().join("list.xlsx"),
        folder.path().join("out.xlsx"),
    );
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (1..).zip([
        ["processQueryKey", "openConversationId", "robotCode", "团队"],
        ["m2", "cid", "r", "甲"],
        ["", "", "", ""],
        ["m1", "cid", "r", "=1+1"],
    ]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    sheet.write_number(4, 3, 7).unwrap();
    book.save(&input).unwrap();
    let done = run(export(&sandbox, input.to_str().unwrap())
        .arg("-o")
        .arg(&output));
    assert_eq!(done.code, 0, "{}", done.stderr);
    let rows = |path: &Path| -> Vec<Vec<String>> {
        use calamine::Reader as _;
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let rows = sheet
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect());
        rows.collect()
    };
    let written = rows(&output);
    assert_eq!(written[0][9], "团队");
    let keys: Vec<_> = written[1..]
        .iter()
        .map(|row| (row[0].as_str(), row[4].as_str(), row[9].as_str()))
        .collect();
    assert_eq!(
        keys,
        [
            ("m2", "user000000", "甲"),
            ("m2", "user000001", "甲"),
            ("m1", "user000000", "7")
        ]
    );
    // A workbook that is cut off is refused.
    let bytes = fs::read(&input).unwrap();
    fs::write(&input, &bytes[..bytes.len() / 2]).unwrap();
    let done = run(&mut export(&sandbox, input.to_str().unwrap()));
    assert_eq!(done.code, 2, "{}", done.stderr);
}

/// Wherever it is killed, the next run ends with what one that was not would have written.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_killed_at_any_point_loses_and_spoils_nothing() {
    const MESSAGES: u64 = 12;
    let sandbox = with_messages(MESSAGES).await;
    let folder = tempfile::tempdir().unwrap();
    let input = list(
        folder.path(),
        (0..MESSAGES).map(|number| format!("m{number}")),
    );
    let output = folder.path().join("out.ndjson");
    let without_times = |text: &str| -> Vec<Value> {
        let mut rows = objects(text);
        for row in &mut rows {
            row.as_object_mut().unwrap().remove("asOf");
        }
        rows
    };
    let mut expected = None;
    for kill_at in 0..MESSAGES {
        sandbox.script(Operation::Query).clear();
        sandbox
            .script(Operation::Query)
            .times(usize::try_from(kill_at).unwrap(), Answer::genuine())
            .always(Answer::genuine().hanging());
        sandbox.forget_calls();
        let before = fs::read_to_string(&output).ok();
        let mut child = export(&sandbox, &input)
            .args(["--concurrency", "1", "--output"])
            .arg(&output)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while sandbox.count(Operation::Query) <= kill_at {
            tokio::task::yield_now().await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(fs::read_to_string(&output).ok(), before);
        sandbox.script(Operation::Query).clear();
        sandbox.forget_calls();
        let done = run(export(&sandbox, &input).arg("--output").arg(&output));
        assert_eq!(done.code, 0, "{}", done.stderr);
        assert_eq!(sandbox.count(Operation::Query), MESSAGES - kill_at);
        let rows = without_times(&fs::read_to_string(&output).unwrap());
        assert_eq!(rows.len() as u64, MESSAGES);
        assert_eq!(expected.get_or_insert_with(|| rows.clone()), &rows);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
