//! `--sandbox` and the command `sandbox`.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::interrupt::send;
use crate::support::{command, golden, run, succeed};

#[test]
fn the_main_job_runs_without_any_argument() {
    let text = succeed(command().args(["readers", "--sandbox"]));
    assert_eq!(text.lines().count(), 1_000);
    let few = [
        "readers",
        "--sandbox",
        "--sandbox-readers",
        "3",
        "--format",
        "table",
    ];
    golden("sandbox-readers.table", &succeed(command().args(few)));
}

#[test]
fn the_embedded_sandbox_ignores_the_environment_s_credentials() {
    let mut command = command();
    command
        .args(["readers", "--sandbox", "--sandbox-readers", "1"])
        .env("DINGTALK_ACCESS_TOKEN", "real");
    assert_eq!(succeed(&mut command).lines().count(), 1);
}

#[test]
fn a_run_against_the_embedded_sandbox_goes_on_in_the_next_process() {
    let all = ["readers", "--sandbox", "--sandbox-readers", "450"];
    let done = run(command().args(all).args(["--limit", "200"]));
    let proposed = done
        .stderr
        .split(":\n")
        .nth(1)
        .unwrap()
        .replace("\\\n", " ");
    let words = shlex::split(&proposed).unwrap();
    let rest = succeed(command().args(&words[1..]));
    assert_eq!(done.stdout + &rest, succeed(command().args(all)));
}

#[test]
fn a_real_place_and_the_sandbox_do_not_go_together() {
    for other in [
        ["--base-url", "https://example.com"],
        ["--access-token", "x"],
        ["--region", "china"],
    ] {
        let done = run(command().args(["readers", "--sandbox"]).args(other));
        assert_eq!(done.code, 2, "{other:?}");
        assert!(
            done.stderr.contains("cannot be used with"),
            "{}",
            done.stderr
        );
    }
}

/// Starts the command `sandbox`; it is killed if the test fails.
struct Running(Child);

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut command = command();
        command
            .arg("sandbox")
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self(command.spawn().unwrap())
    }

    /// Interrupts it, and gives what it still had to say.
    fn end(mut self) -> (i32, String) {
        send("INT", self.0.id());
        let status = self.0.wait().unwrap();
        let mut said = String::new();
        self.0
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        (status.code().unwrap(), said)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

#[test]
fn the_sandbox_prints_one_line_of_json_at_once_and_runs_until_interrupted() {
    let mut running = Running::start(&[
        "--listen",
        "127.0.0.1:0",
        "--format",
        "json",
        "--readers",
        "7",
    ]);
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let fields = [
        "url",
        "processQueryKey",
        "openConversationId",
        "robotCode",
        "accessToken",
        "appKey",
        "appSecret",
    ];
    let places: Vec<_> = fields
        .iter()
        .map(|field| line.find(&format!("\"{field}\":")).unwrap())
        .collect();
    assert!(places.is_sorted(), "{line}");
    let demo: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(demo.as_object().unwrap().len(), fields.len());

    let text = |field: &str| demo[field].as_str().unwrap().to_owned();
    let mut ask = command();
    ask.args([
        "readers",
        &text("processQueryKey"),
        "-c",
        &text("openConversationId"),
    ]);
    ask.args(["-r", &text("robotCode"), "--base-url", &text("url")]);
    ask.env("DINGTALK_ACCESS_TOKEN", text("accessToken"));
    assert_eq!(succeed(&mut ask).lines().count(), 7);

    assert_eq!(running.end(), (0, String::new()));
    assert!(lines.next().is_none());
}

#[test]
fn the_sandbox_prints_a_command_line_that_can_be_pasted() {
    let mut running = Running::start(&["--readers", "5"]);
    let mut lines = BufReader::new(running.0.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let mut text = String::new();
    // The last line names the app.
    while !text.contains("Its app has") {
        text.push_str(&lines.next().unwrap());
        text.push('\n');
    }
    golden("sandbox.txt", &text);
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );

    let line = text.split("\n\n").nth(1).unwrap();
    let shell = line.replacen("dingtalk-receipts", "\"$COMMAND\"", 1);
    let mut plain = Command::new("sh");
    plain.args(["-c", &shell]).env(
        "COMMAND",
        assert_cmd::cargo::cargo_bin!("dingtalk-receipts"),
    );
    assert_eq!(succeed(&mut plain).lines().count(), 5);
    assert_eq!(running.end().0, 0);
}

#[test]
fn the_sandbox_throttles_and_fails_on_request() {
    let ask = |arguments: &[&str], more: &[&str]| {
        let mut running = Running::start(&[&["--format", "json"], arguments].concat());
        let mut line = String::new();
        BufReader::new(running.0.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let demo: Value = serde_json::from_str(&line).unwrap();
        let text = |field: &str| demo[field].as_str().unwrap().to_owned();
        let mut ask = command();
        ask.args([
            "readers",
            &text("processQueryKey"),
            "-c",
            &text("openConversationId"),
        ]);
        ask.args(["-r", &text("robotCode"), "--base-url", &text("url")])
            .args(more);
        let done = run(ask.env("DINGTALK_ACCESS_TOKEN", text("accessToken")));
        running.end();
        done
    };
    let throttled = ask(
        &["--enforce-quota", "1"],
        &["--rate-limit", "off", "--attempts", "1"],
    );
    assert_eq!(throttled.code, 5);
    assert!(
        throttled.stderr.contains("QpsLimitForAppkeyAndApi"),
        "{}",
        throttled.stderr
    );
    let failing = ask(&["--faults", "1", "--seed", "7"], &["--attempts", "1"]);
    assert!([5, 6].contains(&failing.code), "{}", failing.stderr);
    let patient = ask(&["--faults", "0.2", "--seed", "7"], &["--attempts", "9"]);
    assert_eq!((patient.code, patient.stdout.lines().count()), (0, 1_000));
}

#[test]
fn an_address_that_is_taken_is_an_error_of_this_machine() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let done = run(command().args(["sandbox", "--listen", &address]));
    assert_eq!(done.code, 1);
    assert!(done.stderr.contains("cannot listen"), "{}", done.stderr);
}
