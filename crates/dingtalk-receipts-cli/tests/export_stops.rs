//! `export`: when going on cannot help, and what is said then.

use std::fs;

use dingtalk_receipts_sandbox::{Answer, Operation};
use serde_json::{Value, json};

use crate::export::{export, list, objects, with_messages};
use crate::support::run;

/// The app lacks a permission, which the answer names.
fn missing_permission() -> Answer {
    Answer::error("Forbidden.AccessDenied.AccessTokenPermissionDenied").set(
        "accessdenieddetail",
        json!({ "requiredScopes": ["qyapi_robot_sendmsg"] }),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_all_messages_would_meet_ends_the_run_with_one_finding() {
    let sandbox = with_messages(60).await;
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), (0..60).map(|number| format!("m{number}")));
    let output = folder.path().join("out.ndjson");
    fs::write(&output, "yesterday's").unwrap();
    for (answer, code, said) in [
        (missing_permission(), 3, "Grant the app"),
        (
            Answer::error("Forbidden.AccessDenied.IpNotInWhiteList"),
            3,
            "public address",
        ),
        (Answer::address_ban(200), 7, "banned"),
        (Answer::address_ban_page(403), 7, ""),
        (Answer::html(200, "<html>Log in"), 7, "login page"),
        (
            Answer::redirect(302, "https://login.example/"),
            7,
            "login.example",
        ),
    ] {
        for to_file in [true, false] {
            sandbox.script(Operation::Query).clear();
            sandbox
                .script(Operation::Query)
                .times(2, Answer::genuine())
                .always(answer.clone());
            sandbox.forget_calls();
            let mut command = export(&sandbox, &input);
            command.args(["--concurrency", "2"]);
            if to_file {
                command.arg("--fresh").arg("--output").arg(&output);
            }
            let done = run(&mut command);
            assert_eq!(done.code, code, "{}", done.stderr);
            let text: Vec<_> = done.stderr.split_whitespace().collect();
            let text = text.join(" ");
            assert!(
                text.contains(said) && text.contains("--keep-going"),
                "{text}"
            );
            assert!(sandbox.count(Operation::Query) <= 5, "{text}");
            assert_eq!(fs::read_to_string(&output).unwrap(), "yesterday's");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_insists_is_answered_about_every_message() {
    let sandbox = with_messages(5).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::error("Forbidden.AccessDenied.IpNotInWhiteList"));
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), (0..5).map(|number| format!("m{number}")));
    let done = run(export(&sandbox, &input).args(["--concurrency", "1", "--keep-going"]));
    assert_eq!(done.code, 3, "{}", done.stderr);
    let rows = objects(&done.stdout);
    assert_eq!(rows.len(), 5);
    assert_eq!(rows.iter().filter(|row| row["error"].is_null()).count(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_that_one_group_lacks_does_not_stop_the_others() {
    let sandbox = with_messages(3).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::error("conversation.org.dismatch"));
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), (0..3).map(|number| format!("m{number}")));
    let output = folder.path().join("out.ndjson");
    let mut command = export(&sandbox, &input);
    let done = run(command
        .args(["--concurrency", "1", "--output"])
        .arg(&output));
    assert_eq!(done.code, 3, "{}", done.stderr);
    let rows = objects(&fs::read_to_string(&output).unwrap());
    assert_eq!(rows.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_object_has_the_code_and_counts_by_cause() {
    let sandbox = with_messages(4).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine())
        .then(Answer::error("system.error"))
        .then(Answer::error("system.error"));
    let folder = tempfile::tempdir().unwrap();
    let input = list(folder.path(), ["m1", "m2", "m3", "m9"].map(str::to_owned));
    let mut command = export(&sandbox, &input);
    command.args([
        "--concurrency",
        "1",
        "--attempts",
        "1",
        "--error-format",
        "json",
    ]);
    let done = run(&mut command);
    let error: Value = serde_json::from_str(&done.stderr).unwrap();
    assert_eq!(
        error["failures"],
        json!([
            {"kind": "unavailable", "code": "system.error", "status": 500, "count": 2},
            {"kind": "refused", "code": "invalid.processQueryKey", "status": 400, "count": 1},
        ]),
        "{error}"
    );
    assert_eq!(
        (&error["code"], &error["status"]),
        (&json!("system.error"), &json!(500))
    );
    assert!(error["requestId"].is_string() && error["resumeCommand"].is_null());

    sandbox.script(Operation::Query).clear();
    sandbox
        .script(Operation::Query)
        .always(missing_permission());
    let done = run(&mut command);
    let error: Value = serde_json::from_str(&done.stderr).unwrap();
    assert_eq!(
        error["requiredScopes"],
        json!(["qyapi_robot_sendmsg"]),
        "{error}"
    );
    assert_eq!(error["failures"][0]["count"], 1);
}
