//! `send`, `recall` and `members`, and `unread` with the members of the group.

use std::process::Command;

use dingtalk_receipts_sandbox::{
    Answer, Conversation, Member, Message, Operation, Reader, Robot, Sandbox, SandboxBuilder,
};
use serde_json::{Value, json};

use crate::support::{CONVERSATION, KEY, ROBOT, TOKEN, command, golden, run, sandbox, succeed};

/// A sandbox with a group of three members, of whom one has read the message.
fn group() -> SandboxBuilder {
    let members = [
        Member::new("anna", "union-anna", "安娜"),
        Member::new("bob", "union-bob", "Bob, the \"builder\"\u{1b}[31m"),
        Member::outside("union-guest", "Guest"),
    ];
    let read = Message::new(KEY).conversation(CONVERSATION).robot(ROBOT);
    sandbox(read.reader_list([Reader::new("anna", "union-anna")]))
        .robot(Robot::new(ROBOT))
        .conversation(
            Conversation::new(CONVERSATION)
                .robot(ROBOT)
                .member_list(members),
        )
}

/// A command about the sandbox's group.
fn about(sandbox: &Sandbox, words: &[&str]) -> Command {
    let mut command = command();
    command.args(words).args(["--conversation", CONVERSATION]);
    command.args(["--base-url", &sandbox.url()]);
    command.env("DINGTALK_ACCESS_TOKEN", TOKEN);
    command
}

/// A command about the group and its robot.
fn by_robot(sandbox: &Sandbox, words: &[&str]) -> Command {
    let mut command = about(sandbox, words);
    command.args(["--robot", ROBOT]);
    command
}

/// Standard error without its line breaks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn send_prints_the_key_by_which_the_message_is_queried() {
    let sandbox = group().start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("message.md");
    std::fs::write(&file, "\u{feff}# Deploy\n\n- ok\n").unwrap();
    let file = file.to_str().unwrap();
    let link = r#"{"title":"t","text":"x","picUrl":"@lADO","messageUrl":"https://example.org"}"#;
    for (words, key, param) in [
        (
            &["--text", "hello"][..],
            "sampleText",
            json!({ "content": "hello" }),
        ),
        (
            &["--markdown", file, "--title", "Deploy"],
            "sampleMarkdown",
            json!({ "title": "Deploy", "text": "# Deploy\n\n- ok\n" }),
        ),
        (
            &["--type", "sampleLink", "--param", link],
            "sampleLink",
            serde_json::from_str(link).unwrap(),
        ),
    ] {
        let printed = succeed(by_robot(&sandbox, &["send"]).args(words));
        let sent = sandbox.sent().pop().unwrap();
        assert_eq!(printed, format!("{}\n", sent.process_query_key));
        assert_eq!((sent.msg_key.as_str(), sent.msg_param), (key, param));
    }
    let line = succeed(by_robot(&sandbox, &["send"]).args(["--text", "x", "--format", "json"]));
    let line: Value = serde_json::from_str(&line).unwrap();
    let sent = sandbox.sent().pop().unwrap();
    assert_eq!(line["processQueryKey"], sent.process_query_key.as_str());
    assert_eq!(line["openConversationId"], CONVERSATION);
    assert_eq!(line["robotCode"], ROBOT);
    assert!(line["requestId"].is_string(), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_shows_what_would_be_sent_and_sends_nothing() {
    let sandbox = group().start().await.unwrap();
    let mut command = by_robot(&sandbox, &["send", "--text", "hello", "--dry-run"]);
    let body: Value = serde_json::from_str(&succeed(&mut command)).unwrap();
    let expected = json!({
        "msgKey": "sampleText", "msgParam": "{\"content\":\"hello\"}",
        "openConversationId": CONVERSATION, "robotCode": ROBOT,
    });
    assert_eq!(body, expected);
    // What it shows is what is sent.
    succeed(&mut by_robot(&sandbox, &["send", "--text", "hello"]));
    assert_eq!(sandbox.count(Operation::Send), 1);
    let calls = sandbox.calls();
    let sent = calls
        .iter()
        .find(|call| call.path().ends_with("/send"))
        .unwrap();
    assert_eq!(sent.json(), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_is_a_usage_error_and_nothing_is_sent() {
    let sandbox = group().start().await.unwrap();
    let long = "x".repeat(15_000);
    for (words, said) in [
        (&[][..], "required arguments were not provided"),
        (&["--text", "a", "--type", "b"], "cannot be used with"),
        (&["--type", "sampleLink"], "--param"),
        (
            &["--type", "sampleLink", "--param", "[1]"],
            "it must be a JSON object",
        ),
        (&["--markdown", "-"], "--title"),
        (&["--text", " "], "the text is empty"),
        (&["--text", &long, "--dry-run"], "15014 bytes"),
    ] {
        let done = run(by_robot(&sandbox, &["send"]).args(words));
        assert_eq!(done.code, 2, "{}", done.stderr);
        assert!(flat(&done.stderr).contains(said), "{}", done.stderr);
    }
    let done = run(&mut about(&sandbox, &["send", "--text", "a"]));
    assert_eq!(done.code, 2, "{}", done.stderr);
    assert!(done.stderr.contains("--robot"), "{}", done.stderr);
    assert_eq!(sandbox.count(Operation::Send), 0);
}

/// A real host, for this purpose: one that is not this machine by its name. Nothing listens behind the proxy.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_terminal_to_ask_on_a_message_to_a_real_host_needs_yes() {
    let send = |more: &[&str]| {
        let mut command = command();
        command.args(["send", "--text", "a", "--conversation", "c", "--robot", "r"]);
        command.args(["--base-url", "https://gateway.example.org"]);
        command.args(["--proxy", "http://127.0.0.1:1", "--attempts", "1"]);
        command.args(more).env("DINGTALK_ACCESS_TOKEN", TOKEN);
        run(&mut command)
    };
    let done = send(&[]);
    assert_eq!(done.code, 2, "{}", done.stderr);
    let text = flat(&done.stderr);
    assert!(text.contains("nothing was sent"), "{text}");
    assert!(text.contains("--yes"), "{text}");
    // It gets as far as the proxy.
    assert_eq!(send(&["--yes"]).code, 6);
    assert_eq!(send(&["--dry-run"]).code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_has_an_exit_code_of_its_own_and_says_not_to_send_again() {
    for answer in [
        Answer::gateway_page(504).executed(),
        Answer::error("system.error"),
        Answer::json(200, &json!({})),
    ] {
        let sandbox = group().start().await.unwrap();
        sandbox.script(Operation::Send).always(answer);
        let done = run(&mut by_robot(&sandbox, &["send", "--text", "a"]));
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (9, ""),
            "{}",
            done.stderr
        );
        let text = flat(&done.stderr);
        assert!(text.contains("Do not send it again blindly"), "{text}");
        let words = ["send", "--text", "a", "--error-format", "json"];
        let done = run(&mut by_robot(&sandbox, &words));
        let report: Value = serde_json::from_str(&done.stderr).unwrap();
        assert_eq!(
            (&report["kind"], &report["exitCode"]),
            (&json!("unknown"), &json!(9))
        );
        assert_eq!(sandbox.count(Operation::Send), 2);
    }
    // A refusal leaves nothing unknown.
    let sandbox = group().start().await.unwrap();
    let mut command = about(&sandbox, &["send", "--text", "a", "--robot", "elsewhere"]);
    let done = run(&mut command);
    assert!(matches!(done.code, 3 | 4), "{}", done.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_send_is_an_unknown_outcome() {
    let sandbox = group().start().await.unwrap();
    sandbox
        .script(Operation::Send)
        .always(Answer::genuine().hanging());
    let mut command = by_robot(&sandbox, &["send", "--text", "a"]);
    command.stdout(std::process::Stdio::piped());
    let child = command
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let limit = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while sandbox.count(Operation::Send) == 0 {
        assert!(std::time::Instant::now() < limit, "nothing was sent");
        tokio::task::yield_now().await;
    }
    crate::interrupt::send("INT", child.id());
    let output = child.wait_with_output().unwrap();
    let text = flat(&String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(9), "{text}");
    assert!(text.contains("interrupted while the message"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn recall_prints_what_became_of_each_message() {
    let sandbox = group().start().await.unwrap();
    let key = succeed(&mut by_robot(&sandbox, &["send", "--text", "a"]));
    let key = key.trim_end();
    let printed = succeed(&mut by_robot(&sandbox, &["recall", key]));
    assert_eq!(printed, format!("{key} recalled\n"));

    let body = json!({ "successResult": ["a"], "failedResult": { "b": "SYSTEM_ERROR" } });
    sandbox
        .script(Operation::Recall)
        .always(Answer::json(200, &body));
    let done = run(&mut by_robot(&sandbox, &["recall", "c", "b", "a"]));
    assert_eq!(
        done.stdout,
        "a recalled\nb not recalled: SYSTEM_ERROR\nc not recalled: the response does not mention it\n"
    );
    assert_eq!(done.code, 1);
    assert!(
        done.stderr.contains("2 of 3 messages were not recalled"),
        "{}",
        done.stderr
    );
    let words = ["recall", "a", "b", "c", "--format", "json"];
    let done = run(by_robot(&sandbox, &words).args(["--error-format", "json"]));
    let line: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(
        line,
        json!({ "recalled": ["a"], "failed": { "b": "SYSTEM_ERROR" }, "unanswered": ["c"] })
    );
    let report: Value = serde_json::from_str(&done.stderr).unwrap();
    assert_eq!(
        (&report["kind"], &report["exitCode"]),
        (&json!("incomplete"), &json!(1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn members_have_the_formats_of_readers() {
    let sandbox = group().start().await.unwrap();
    for format in ["table", "json", "ndjson", "csv"] {
        let text = succeed(&mut about(&sandbox, &["members", "--format", format]));
        golden(&format!("members.{format}"), &text);
        // But for the table, it is a list of people that `unread` takes.
        if format != "table" {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("people");
            std::fs::write(&file, text).unwrap();
            let words = ["unread", KEY, "--format", "csv"];
            let unread = succeed(by_robot(&sandbox, &words).arg("--expect").arg(&file));
            assert_eq!(unread, "id\nbob\nunion-guest\n", "{format}");
        }
    }
    let mut command = command();
    command.args(["members", CONVERSATION, "--base-url", &sandbox.url()]);
    let text = succeed(command.env("DINGTALK_ACCESS_TOKEN", TOKEN));
    assert_eq!(text.lines().count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failure_the_list_of_members_says_that_it_is_not_complete() {
    let sandbox = group().start().await.unwrap();
    sandbox
        .script(Operation::Members)
        .always(Answer::error("systemError"));
    for (format, printed) in [
        ("table", ""),
        ("json", "{\"members\":[],\"pages\":0,\"complete\":false}\n"),
        ("ndjson", ""),
        ("csv", "userId,unionId,name\n"),
    ] {
        let words = ["members", "--attempts", "1", "--format", format];
        let done = run(&mut about(&sandbox, &words));
        assert_ne!(done.code, 0);
        assert_eq!(done.stdout, printed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unread_without_a_list_compares_with_the_members() {
    let sandbox = group().start().await.unwrap();
    let text = succeed(&mut by_robot(&sandbox, &["unread", KEY, "--format", "csv"]));
    assert_eq!(text, "id\nbob\nunion-guest\n");
    let done = run(&mut by_robot(
        &sandbox,
        &["unread", KEY, "--fail-if-unread"],
    ));
    assert_eq!(done.code, 8, "{}", done.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_whose_members_are_hidden_is_refused_with_the_way_out() {
    let hidden = Conversation::new(CONVERSATION).robot(ROBOT);
    let sandbox = group().conversation(hidden.members_hidden()).start();
    let sandbox = sandbox.await.unwrap();
    for words in [&["members"][..], &["unread", KEY, "--robot", ROBOT]] {
        let done = run(&mut about(&sandbox, words));
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (3, ""),
            "{}",
            done.stderr
        );
        let text = flat(&done.stderr);
        assert!(text.contains("groupPermissionDenied"), "{text}");
        assert!(text.contains("--expect"), "{text}");
    }
    assert_eq!(sandbox.count(Operation::Query), 0);
}

#[test]
fn each_works_with_the_sandbox_inside() {
    let sandbox = ["--sandbox", "--sandbox-readers", "2"];
    let in_sandbox = |words: &[&str]| succeed(command().args(words).args(sandbox));
    assert!(!in_sandbox(&["send", "--text", "hello"]).trim().is_empty());
    assert!(in_sandbox(&["recall"]).ends_with(" recalled\n"));
    assert_eq!(in_sandbox(&["members"]).lines().count(), 5);
    assert_eq!(in_sandbox(&["unread"]).lines().count(), 3);
}
