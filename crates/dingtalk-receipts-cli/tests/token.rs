//! Credentials of apps, the token cache, and the command `token`.

use std::process::Command;

use dingtalk_receipts_sandbox::{Answer, App, Operation, Sandbox};
use serde_json::Value;

use crate::support::{
    APP_KEY, APP_SECRET, CONVERSATION, KEY, ROBOT, command, golden, message, run, sandbox, succeed,
    with_readers,
};

const CORP: &str = "dingcorp";

/// A sandbox where the app and a suite run in the same corp.
async fn with_apps() -> Sandbox {
    let suite = App::third_party("suitekey", "canary-suite-secret")
        .corp(CORP)
        .ticket("canary-ticket");
    Sandbox::builder()
        .app(App::internal(APP_KEY, APP_SECRET).corp(CORP))
        .app(suite)
        .start()
        .await
        .unwrap()
}

/// The command `token`, without a cache.
fn token(sandbox: &Sandbox) -> Command {
    let mut command = command();
    command.args(["token", "--base-url", &sandbox.url(), "--no-token-cache"]);
    command
}

/// Times differ from run to run.
fn steady(text: &str) -> String {
    text.lines()
        .map(|line| match line.strip_prefix("expires") {
            Some(rest) if rest.contains("Z") => "expires   in N, at TIME\n".to_owned(),
            _ => format!("{line}\n"),
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_whose_the_token_is_and_not_the_token() {
    let sandbox = with_apps().await;
    let mut app = token(&sandbox);
    app.args(["--app-key", APP_KEY])
        .env("DINGTALK_APP_SECRET", APP_SECRET);
    golden("token-app.txt", &steady(&succeed(&mut app)));

    let mut corp = token(&sandbox);
    corp.args(["--app-key", APP_KEY, "--corp-id", CORP])
        .env("DINGTALK_APP_SECRET", APP_SECRET);
    golden("token-corp.txt", &steady(&succeed(&mut corp)));

    let mut suite = token(&sandbox);
    suite.args(["--suite-key", "suitekey", "--corp-id", CORP]);
    suite.env("DINGTALK_SUITE_SECRET", "canary-suite-secret");
    suite.env("DINGTALK_SUITE_TICKET", "canary-ticket");
    golden("token-suite.txt", &steady(&succeed(&mut suite)));

    let mut given = token(&sandbox);
    given.env("DINGTALK_ACCESS_TOKEN", "canary-given");
    golden("token-given.txt", &steady(&succeed(&mut given)));

    assert_eq!(sandbox.count(Operation::AppToken), 1);
    assert_eq!(sandbox.token_count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_may_come_from_the_environment() {
    let sandbox = with_apps().await;
    let mut corp = token(&sandbox);
    corp.env("DINGTALK_APP_KEY", APP_KEY)
        .env("DINGTALK_APP_SECRET", APP_SECRET);
    let text = succeed(
        corp.env("DINGTALK_CORP_ID", CORP)
            .args(["--format", "json"]),
    );
    let said: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&said["appKey"], &said["corpId"]),
        (&APP_KEY.into(), &CORP.into())
    );
    assert_eq!(said["origin"], "issued");
    assert!(said["expiresInSeconds"].as_u64().unwrap() > 7_000);
    assert!(said["expiresAt"].as_str().unwrap().ends_with('Z'));
    assert!(said.get("accessToken").is_none());

    let mut suite = token(&sandbox);
    suite
        .env("DINGTALK_SUITE_KEY", "suitekey")
        .env("DINGTALK_SUITE_SECRET", "canary-suite-secret");
    suite
        .env("DINGTALK_SUITE_TICKET", "canary-ticket")
        .env("DINGTALK_CORP_ID", CORP);
    assert!(succeed(&mut suite).contains("third-party app"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_is_shown_only_on_request() {
    let sandbox = with_apps().await;
    let ask = |reveal: &[&str]| {
        let mut command = token(&sandbox);
        command
            .args(["-vv", "--app-key", APP_KEY])
            .env("DINGTALK_APP_SECRET", APP_SECRET);
        run(command.args(reveal))
    };
    let shown = ask(&["--reveal", "--format", "json"]);
    let said: Value = serde_json::from_str(&shown.stdout).unwrap();
    let secret = said["accessToken"].as_str().unwrap();
    assert!(ask(&["--reveal"]).stdout.contains(secret));
    // An internal app gets the same token again, so it can be looked for.
    for format in ["text", "json"] {
        let hidden = ask(&["--format", format]);
        let text = format!("{}{}{}", hidden.stdout, hidden.stderr, shown.stderr);
        assert!(!text.contains(secret) && !text.contains("canary"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_runs_every_minute_does_not_ask_for_a_token_every_minute() {
    let sandbox = with_readers(1).await;
    let home = tempfile::tempdir().unwrap();
    let ask = |more: &[&str]| {
        let mut command = command();
        command.args([
            "readers",
            KEY,
            "-c",
            CONVERSATION,
            "-r",
            ROBOT,
            "--app-key",
            APP_KEY,
        ]);
        command
            .args(["--base-url", &sandbox.url()])
            .args(more)
            .env("HOME", home.path());
        assert_eq!(
            succeed(command.env("DINGTALK_APP_SECRET", APP_SECRET))
                .lines()
                .count(),
            1
        );
    };
    ask(&[]);
    ask(&[]);
    assert_eq!(sandbox.token_count(), 1);
    ask(&["--no-token-cache"]);
    assert_eq!(sandbox.token_count(), 2);

    let folder = home.path().join(".cache/dingtalk-receipts");
    let files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(!files.is_empty());
    for file in files {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            file.metadata().unwrap().permissions().mode() & 0o077,
            0,
            "{file:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_is_renewed_without_a_word() {
    let sandbox = with_readers(500).await;
    let home = tempfile::tempdir().unwrap();
    let ask = || {
        let mut command = command();
        command.args([
            "readers",
            KEY,
            "-c",
            CONVERSATION,
            "-r",
            ROBOT,
            "--app-key",
            APP_KEY,
        ]);
        command
            .args(["--base-url", &sandbox.url()])
            .env("HOME", home.path());
        run(command.env("DINGTALK_APP_SECRET", APP_SECRET))
    };
    assert_eq!(ask().code, 0);
    sandbox.revoke_all();
    let done = ask();
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    assert_eq!(done.stdout.lines().count(), 500);
    assert_eq!(sandbox.token_count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_credentials_are_exit_code_3() {
    let sandbox = with_apps().await;
    let mut command = token(&sandbox);
    command
        .args(["--app-key", APP_KEY])
        .env("DINGTALK_APP_SECRET", "canary-wrong");
    let done = run(&mut command);
    assert_eq!(done.code, 3, "{}", done.stderr);
    assert!(
        done.stderr.contains("invalidClientIdOrSecret"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("what to do"), "{}", done.stderr);
    assert!(!done.stderr.contains("canary"), "{}", done.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_are_those_for_a_token_too() {
    for attempts in [1, 4] {
        let sandbox = with_apps().await;
        sandbox
            .script(Operation::AppToken)
            .always(Answer::error("system.error"));
        let mut command = token(&sandbox);
        command.args(["--app-key", APP_KEY, "--attempts", &attempts.to_string()]);
        let done = run(command.env("DINGTALK_APP_SECRET", APP_SECRET));
        assert_eq!(done.code, 5, "{}", done.stderr);
        assert_eq!(sandbox.token_count(), attempts);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_named() {
    let sandbox = sandbox(message(1)).start().await.unwrap();
    let missing: &[(&[&str], &str)] = &[
        (&[], "DINGTALK_ACCESS_TOKEN"),
        (&["--app-key", "K"], "DINGTALK_APP_SECRET"),
        (&["--app-key", "K"], "--app-secret-file"),
        (&["--suite-key", "K"], "DINGTALK_SUITE_SECRET"),
    ];
    for (arguments, named) in missing {
        let done = run(token(&sandbox).args(*arguments));
        assert_eq!(done.code, 2, "{arguments:?}");
        assert!(done.stderr.contains(named), "{}", done.stderr);
    }
    let mut suite = token(&sandbox);
    suite
        .args(["--suite-key", "K"])
        .env("DINGTALK_SUITE_SECRET", "s")
        .env("DINGTALK_SUITE_TICKET", "t");
    assert!(run(&mut suite).stderr.contains("--corp-id"));
    let both = run(token(&sandbox).args(["--app-key", "K", "--access-token", "T"]));
    assert_eq!(both.code, 2);
    assert_eq!(sandbox.token_count(), 0);
}
