//! Every exit code, and what an error says in both forms.

use std::time::Duration;

use dingtalk_receipts_sandbox::{Answer, ConnectionFault, Operation, Sandbox};
use serde_json::{Value, json};

use crate::support::{REQUEST_ID, command, golden, readers, run, with_readers};

/// One way to fail: its name, its exit code, the word for it, and the answer that leads there.
fn failures() -> Vec<(&'static str, i32, &'static str, Answer)> {
    let with_id = |answer: Answer| answer.set("requestid", json!(REQUEST_ID));
    let coded = |code: &str| with_id(Answer::error(code));
    vec![
        (
            "token-rejected",
            3,
            "denied",
            coded("InvalidAuthentication"),
        ),
        (
            "permission-missing",
            3,
            "denied",
            coded("Forbidden.AccessDenied.AccessTokenPermissionDenied").set(
                "accessdenieddetail",
                json!({ "requiredScopes": ["qyapi_robot_sendmsg"] }),
            ),
        ),
        (
            "address-not-allowed",
            3,
            "denied",
            coded("Forbidden.AccessDenied.IpNotInWhiteList"),
        ),
        (
            "robot-unknown",
            4,
            "refused",
            coded("invalidParameter.robotCode.notExsit"),
        ),
        (
            "not-ready",
            4,
            "refused",
            coded("processQueryKey.expireTime"),
        ),
        (
            "cursor-unknown",
            4,
            "refused",
            coded("invalidParameter.cursor.invalid"),
        ),
        (
            "new-code",
            4,
            "refused",
            with_id(Answer::error_with(400, "brand.new.code", "不知道")),
        ),
        (
            "no-such-path",
            4,
            "refused",
            coded("InvalidAction.NotFound"),
        ),
        (
            "throttled",
            5,
            "unavailable",
            coded("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"),
        ),
        (
            "quota-used-up",
            5,
            "unavailable",
            coded("Forbidden.AccessDenied.ApiCountLimitForOrg"),
        ),
        ("server-failed", 5, "unavailable", coded("system.error")),
        ("gateway-page", 5, "unavailable", Answer::gateway_page(502)),
        (
            "connection-reset",
            6,
            "network",
            Answer::genuine().reset_after_request(),
        ),
        (
            "cut-off",
            6,
            "network",
            Answer::genuine().truncated_after(20),
        ),
        (
            "redirect",
            7,
            "unexpected",
            Answer::redirect(302, "https://login.example/"),
        ),
        (
            "login-page",
            7,
            "unexpected",
            Answer::html(200, "<html>Log in to \u{1b}[31mWiFi</html>"),
        ),
        ("address-banned", 7, "unexpected", Answer::address_ban(200)),
        (
            "empty-object",
            7,
            "unexpected",
            Answer::json(200, &json!({})),
        ),
        (
            "wrong-type",
            7,
            "unexpected",
            Answer::genuine().set("hasMore", json!("perhaps")),
        ),
    ]
}

async fn failing(answer: Answer) -> Sandbox {
    let sandbox = with_readers(1).await;
    sandbox.script(Operation::Query).always(answer);
    sandbox
}

/// Times and texts of the operating system differ from run to run.
fn steady(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match line.trim_start().split_once(' ') {
            Some(("tried", _)) => lines.push("  tried       N times".to_owned()),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failure_has_its_exit_code_and_explains_itself() {
    for (name, exit, _, answer) in failures() {
        let sandbox = failing(answer).await;
        let done = run(readers(&sandbox).args(["--attempts", "1", "--format", "csv"]));
        assert_eq!(done.code, exit, "{name}: {}", done.stderr);
        assert_eq!(done.stdout, "userId,unionId\n", "{name}");
        assert!(
            done.stderr.starts_with("error: "),
            "{name}: {}",
            done.stderr
        );
        for line in done.stderr.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
            assert!(line.chars().all(|c| !c.is_control()), "{name}: {line:?}");
        }
        assert!(
            done.stderr.contains("what to do"),
            "{name}: {}",
            done.stderr
        );
        golden(&format!("error-{name}.txt"), &steady(&done.stderr));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failure_is_one_object_on_request() {
    for (name, exit, kind, answer) in failures() {
        let sandbox = failing(answer).await;
        let mut command = readers(&sandbox);
        let done = run(command.args(["--attempts", "1", "--error-format", "json"]));
        assert_eq!(done.code, exit, "{name}");
        assert_eq!(done.stderr.lines().count(), 1, "{name}: {}", done.stderr);
        let mut error: Value = serde_json::from_str(&done.stderr).unwrap();
        assert_eq!(
            (&error["exitCode"], &error["kind"]),
            (&json!(exit), &json!(kind)),
            "{name}"
        );
        assert!(error["elapsedSeconds"].take().as_f64().unwrap() >= 0.0);
        golden(
            &format!("error-{name}.json"),
            &(serde_json::to_string_pretty(&error).unwrap() + "\n"),
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_dingtalk_says_is_all_there() {
    let sandbox = failing(
        Answer::error_with(
            403,
            "Forbidden.AccessDenied.AccessTokenPermissionDenied",
            "没有调用该接口的权限",
        )
        .set("requestid", json!("THE-REQUEST-ID"))
        .set(
            "accessdenieddetail",
            json!({ "requiredScopes": ["qyapi_robot_sendmsg"] }),
        ),
    )
    .await;
    let done = run(&mut readers(&sandbox));
    for part in [
        "AccessTokenPermissionDenied",
        "HTTP 403",
        "没有调用",
        "THE-REQUEST-ID",
        "qyapi_robot_sendmsg",
    ] {
        assert!(done.stderr.contains(part), "{part}: {}", done.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_limit_is_a_network_error_that_names_the_option() {
    let sandbox = failing(Answer::genuine().hanging()).await;
    for limit in ["--attempt-timeout", "--deadline"] {
        let done = run(readers(&sandbox).args([limit, "200ms", "--attempts", "1"]));
        assert_eq!(done.code, 6, "{limit}: {}", done.stderr);
        assert!(done.stderr.contains(limit), "{}", done.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_the_own_rate_limit_does_not_allow_is_told_as_such() {
    let sandbox = with_readers(1_000).await;
    let done = run(readers(&sandbox).args(["--rate-limit", "0.01", "--deadline", "20s"]));
    assert_eq!(done.code, 5, "{}", done.stderr);
    assert_eq!(done.stdout.lines().count(), 200);
    assert!(
        done.stderr.contains("--rate-limit allows"),
        "{}",
        done.stderr
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_are_counted_and_told() {
    let sandbox = failing(Answer::error("system.error")).await;
    let done = run(readers(&sandbox).args(["--attempts", "3"]));
    assert_eq!(done.code, 5);
    assert_eq!(sandbox.count(Operation::Query), 3);
    assert!(done.stderr.contains("3 times"), "{}", done.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_answering_is_a_network_error() {
    let sandbox = with_readers(1).await;
    sandbox.fail_connections([ConnectionFault::Close, ConnectionFault::Reset]);
    assert_eq!(run(readers(&sandbox).args(["--attempts", "1"])).code, 6);
    let url = sandbox.url();
    sandbox.shutdown().await;
    let mut command = command();
    command.args([
        "readers",
        "K",
        "-c",
        "C",
        "-r",
        "R",
        "--base-url",
        &url,
        "--attempts",
        "1",
    ]);
    let done = run(command.env("DINGTALK_ACCESS_TOKEN", "T"));
    assert_eq!(done.code, 6);
    assert!(
        done.stderr.contains("no connection could be made"),
        "{}",
        done.stderr
    );
    assert!(
        done.stderr.contains("Connection refused"),
        "{}",
        done.stderr
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_that_cannot_be_right_are_usage_errors_and_nothing_is_sent() {
    let sandbox = with_readers(1).await;
    let wrong: &[&[&str]] = &[
        &["--max-results", "0"],
        &["--max-results", "201"],
        &["--attempt-timeout", "30"],
        &["--deadline", "0s"],
        &["--rate-limit", "0"],
        &["--attempts", "0"],
        &["--access-token", "line\nbreak"],
        &["--format", "xml"],
        &["--proxy", "no proxy at all"],
        &["--proxy", "ftp://127.0.0.1:9"],
        &["--unknown"],
    ];
    for arguments in wrong {
        let done = run(readers(&sandbox).args(*arguments));
        assert_eq!(done.code, 2, "{arguments:?}: {}", done.stderr);
        let done = run(readers(&sandbox)
            .args(*arguments)
            .arg("--error-format=json"));
        let error: Value = serde_json::from_str(&done.stderr).unwrap();
        assert_eq!(error["exitCode"], 2, "{arguments:?}");
        assert!(!error["error"].as_str().unwrap().is_empty());
    }
    let plain = [
        "readers",
        "K",
        "-c",
        "C",
        "--base-url",
        "http://dingtalk.example",
    ];
    let done = run(command().args(plain).env("DINGTALK_ACCESS_TOKEN", "T"));
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("in clear"), "{}", done.stderr);
    assert_eq!(sandbox.count(Operation::Query), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_and_progress_keep_off_an_error_object() {
    let sandbox = with_readers(500).await;
    let mut command = readers(&sandbox);
    let done = run(command.args(["--max-pages", "1", "--error-format", "json"]));
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn retries_are_not_hurried_past_the_deadline() {
    let sandbox = failing(Answer::error("system.error").delayed(Duration::from_millis(1))).await;
    let done = run(readers(&sandbox).args(["--deadline", "1500ms"]));
    assert_eq!(done.code, 5, "{}", done.stderr);
}
