//! What the tests share: a sandbox, the command, and golden files.

use std::io::{ErrorKind, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use dingtalk_receipts_sandbox::{App, Message, Reader, Sandbox, SandboxBuilder};

pub(crate) const KEY: &str = "a+message/key==";
pub(crate) const CONVERSATION: &str = "cid+group==";
pub(crate) const ROBOT: &str = "dingrobot";
pub(crate) const TOKEN: &str = "canary-access-token-0123456789";
pub(crate) const APP_KEY: &str = "dingapp";
pub(crate) const APP_SECRET: &str = "canary-app-secret-0123456789";

/// The message of the tests, with so many made-up readers.
pub(crate) fn message(readers: u64) -> Message {
    Message::new(KEY)
        .conversation(CONVERSATION)
        .robot(ROBOT)
        .readers(readers)
}

/// A sandbox with one app and this message.
pub(crate) fn sandbox(message: Message) -> SandboxBuilder {
    Sandbox::builder()
        .app(App::internal(APP_KEY, APP_SECRET))
        .static_token(TOKEN)
        .message(message)
}

/// A running sandbox with one message of so many readers.
pub(crate) async fn with_readers(readers: u64) -> Sandbox {
    sandbox(message(readers)).start().await.unwrap()
}

/// A running sandbox with one message that these people have read.
pub(crate) async fn with_list(readers: impl IntoIterator<Item = Reader>) -> Sandbox {
    sandbox(message(0).reader_list(readers))
        .start()
        .await
        .unwrap()
}

/// The command with an environment of its own: nothing of the machine that runs the test gets in.
pub(crate) fn command() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("dingtalk-receipts"));
    command
        .arg0("dingtalk-receipts")
        .env_clear()
        .env("COLUMNS", "80")
        .env("HOME", "/nonexistent");
    command
}

/// The command that asks `sandbox` who has read its message.
pub(crate) fn readers(sandbox: &Sandbox) -> Command {
    let mut command = command();
    command.args([
        "readers",
        KEY,
        "--conversation",
        CONVERSATION,
        "--robot",
        ROBOT,
    ]);
    command
        .args(["--base-url", &sandbox.url()])
        .env("DINGTALK_ACCESS_TOKEN", TOKEN);
    command
}

/// What a process left behind.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a command to its end. The sandbox of a multi-threaded test goes on answering meanwhile.
pub(crate) fn run(command: &mut Command) -> Done {
    let output = command.output().unwrap();
    Done {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs a command that has to succeed, and gives its output.
pub(crate) fn succeed(command: &mut Command) -> String {
    let done = run(command);
    assert_eq!(done.code, 0, "{}", done.stderr);
    done.stdout
}

/// The request id of answers that are made to have this one.
pub(crate) const REQUEST_ID: &str = "30EE8654-1AA2-7D88-8248-9518547248AA";

/// Runs a command with this on its standard input. One that refuses its arguments ends without reading.
pub(crate) fn run_with_input(command: &mut Command, input: impl AsRef<[u8]>) -> Done {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    if let Err(error) = child.stdin.take().unwrap().write_all(input.as_ref()) {
        assert_eq!(error.kind(), ErrorKind::BrokenPipe, "{error}");
    }
    let output = child.wait_with_output().unwrap();
    Done {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Compares with a golden file; `EXPECTORATE=overwrite` writes it. What differs from run to run is made the same.
pub(crate) fn golden(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    let text = replaced(text, "127.0.0.1:", "PORT", |c| c.is_ascii_digit());
    let text = replaced(&text, "dr1.", "CURSOR", |c| {
        c.is_ascii_alphanumeric() || "-_".contains(c)
    });
    expectorate::assert_contents(path, &without_times(&without_request_ids(&text)));
}

/// Replaces what follows each `mark`, as far as its characters are such.
fn replaced(text: &str, mark: &str, with: &str, is_such: impl Fn(char) -> bool) -> String {
    let mut parts = text.split(mark);
    let mut same = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        same = same + mark + with + part.trim_start_matches(&is_such);
    }
    same
}

/// Replaces times such as `2026-01-31T18:00:00Z`.
fn without_times(text: &str) -> String {
    let like = "0000-00-00T00:00:00Z";
    let is_time = |text: &str| {
        text.bytes()
            .zip(like.bytes())
            .all(|(byte, like)| match like {
                b'0' => byte.is_ascii_digit(),
                like => byte == like,
            })
    };
    let mut same = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.get(..like.len()).is_some_and(is_time) {
            same.push_str("SOME-TIME");
            rest = &rest[like.len()..];
        } else {
            same.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    same
}

/// Replaces request ids that the sandbox made up.
fn without_request_ids(text: &str) -> String {
    let is_id = |text: &str| {
        text.len() == REQUEST_ID.len()
            && text != REQUEST_ID
            && text
                .bytes()
                .zip(REQUEST_ID.bytes())
                .all(|(byte, like)| match like {
                    b'-' => byte == b'-',
                    _ => byte.is_ascii_hexdigit(),
                })
    };
    let mut same = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.get(..REQUEST_ID.len()).is_some_and(is_id) {
            same.push_str("SOME-REQUEST-ID");
            rest = &rest[REQUEST_ID.len()..];
        } else {
            same.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    same
}
