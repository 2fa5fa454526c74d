//! Arguments that cannot be right, and what is read because of them.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use serde_json::Value;

use crate::support::{command, run, run_with_input};

/// Arguments, and a word of what is said about them.
const WRONG: &[(&[&str], &str)] = &[
    (&["reeders"], "did you mean 'readers'?"),
    (&["readers", "--formatt", "csv"], "did you mean '--format'?"),
    (&["readers", "--format", "jsn"], "did you mean 'json'?"),
    (&["readers", "a", "b"], "unexpected argument 'b'"),
    (&["readers", "--sandbox", "--sandbox"], "multiple times"),
    (
        &["readers", "--sandbox", "--base-url", "https://example.com"],
        "cannot be used with",
    ),
    (&["readers", "--sandbox-readers", "3"], "--sandbox"),
    (&["readers", "--sandbox", "--limit", "-1"], "a whole number"),
    (
        &["readers", "--sandbox", "--limit", "many"],
        "a whole number",
    ),
    (
        &[
            "readers",
            "--sandbox",
            "--max-pages",
            "99999999999999999999",
        ],
        "too large",
    ),
    (
        &["readers", "--sandbox", "--max-results", "201"],
        "1 to 200",
    ),
    (&["readers", "--sandbox", "--robot", ""], "--robot"),
    (&["readers", "", "--sandbox"], "PROCESS_QUERY_KEY"),
    (&["readers", "--sandbox", "--attempts", "0"], "1 or more"),
    (&["readers", "--sandbox", "--rate-limit", "-3"], "above 0"),
    (&["readers"], "there are no credentials"),
    (
        &["readers", "K", "-c", "C", "-r", "R"],
        "DINGTALK_ACCESS_TOKEN",
    ),
    (&["unread", "--sandbox", "--expect-column", "x"], "--expect"),
    (&["unread", "--sandbox", "--expect", ""], "it is empty"),
    (&["export"], "<INPUT>"),
    (
        &["sandbox", "--listen", "8080"],
        "an address of this machine",
    ),
    (&["sandbox", "--seed", "1"], "--faults"),
    (&["completions", "nosh"], "bash"),
];

#[test]
fn a_usage_error_says_what_is_wrong_within_80_columns_and_where_help_is() {
    for (arguments, said) in WRONG {
        let done = run(command().args(*arguments));
        assert_eq!((done.code, done.stdout.as_str()), (2, ""), "{arguments:?}");
        let text = done.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.starts_with("error: ") && text.contains(said),
            "{}",
            done.stderr
        );
        for line in done.stderr.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        let help = match arguments[0] {
            "reeders" => "See dingtalk-receipts --help.".to_owned(),
            name => format!("See dingtalk-receipts {name} --help."),
        };
        assert!(text.ends_with(&help), "{}", done.stderr);
    }
}

#[test]
fn a_usage_error_is_one_object_on_request() {
    let nothing: (&[&str], &str) = (&[], "requires a subcommand");
    for (arguments, said) in WRONG.iter().copied().chain([nothing]) {
        for form in [&["--error-format=json"][..], &["--error-format", "json"]] {
            for before in [true, false] {
                let mut command = command();
                match before {
                    true => command.args(form).args(arguments),
                    false => command.args(arguments).args(form),
                };
                let done = run(&mut command);
                assert_eq!(
                    (done.code, done.stderr.lines().count()),
                    (2, 1),
                    "{arguments:?}"
                );
                let error: Value = serde_json::from_str(&done.stderr).unwrap();
                assert_eq!(error["kind"], "usage");
                assert!(error["error"].as_str().unwrap().contains(said), "{error}");
            }
        }
    }
}

#[test]
fn help_that_cannot_be_written_is_an_error_and_help_that_nobody_wants_is_none() {
    let full = std::fs::File::create("/dev/full").unwrap();
    let output = command().arg("--help").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command().arg("--help").stdout(writer).output().unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), &b""[..])
    );
}

#[test]
fn standard_input_is_read_once() {
    let mut command = command();
    command.args(["token", "--suite-key", "k", "--corp-id", "c"]);
    command.args(["--suite-secret-file", "-", "--suite-ticket-file", "-"]);
    let done = run_with_input(&mut command, b"secret\n");
    assert_eq!(done.code, 2);
    assert!(
        done.stderr.contains("only one option can be `-`"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_file_in_another_encoding_is_named_with_the_line() {
    for (bytes, line) in [
        (&b"user1\nuser2\nM\xfcller\n"[..], "line 3"),
        (b"\xff\xfeu\0s", "UTF-16"),
    ] {
        let done = run_with_input(
            command().args(["unread", "--sandbox", "--expect", "-"]),
            bytes,
        );
        assert_eq!(done.code, 2);
        assert!(
            done.stderr.contains(line) && done.stderr.contains("UTF-8"),
            "{}",
            done.stderr
        );
    }
}

#[test]
fn a_list_in_a_chinese_encoding_is_converted_and_that_is_said() {
    // 姓名,userId and 李,zoe as a spreadsheet under a Chinese locale writes them.
    let bytes = b"\xd0\xd5\xc3\xfb,userId\r\n\xc0\xee,zoe\r\n";
    let done = run_with_input(
        command().args(["unread", "--sandbox", "--expect", "-"]),
        bytes,
    );
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(done.stdout, "{\"id\":\"zoe\"}\n");
    assert!(done.stderr.contains("GB18030"), "{}", done.stderr);
}

#[test]
fn a_path_need_not_be_unicode() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(OsStr::from_bytes(b"people-\xff"));
    std::fs::write(&path, "zoe\n").unwrap();
    let mut command = command();
    command.args(["unread", "--sandbox", "--format", "csv", "--expect"]);
    let done = run(command.arg(path));
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (0, "id\nzoe\n"),
        "{}",
        done.stderr
    );
}

#[test]
fn the_likeliest_command_or_option_is_suggested() {
    for (arguments, meant) in [
        (&["reader"][..], "readers"),
        (&["unreads"], "unread"),
        (&["exports"], "export"),
        (&["readers", "--json"], "--format json"),
        (&["unread", "--csv"], "--format csv"),
        (&["readers", "--sandbx"], "--sandbox"),
    ] {
        let done = run(command().args(arguments));
        assert_eq!(done.code, 2);
        let text: Vec<_> = done.stderr.split_whitespace().collect();
        let said = format!("did you mean '{meant}'?");
        assert!(text.join(" ").contains(&said), "{}", done.stderr);
    }
}

#[test]
fn help_is_a_command_too() {
    for (arguments, option) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "readers"], &["readers", "--help"]),
        (&["help", "export"], &["export", "--help"]),
    ] {
        let text = |arguments| crate::support::succeed(command().args(arguments));
        assert_eq!(text(arguments), text(option));
    }
}

#[test]
fn a_variable_with_white_space_in_it_is_named() {
    for value in ["to ken", " token", "token\t", "token\n\n x"] {
        let mut command = command();
        command.env("DINGTALK_ACCESS_TOKEN", value);
        let done = run(command.args(["readers", "key", "--conversation", "c", "--robot", "r"]));
        assert_eq!(done.code, 2, "{}", done.stderr);
        assert!(
            done.stderr.contains("DINGTALK_ACCESS_TOKEN"),
            "{}",
            done.stderr
        );
    }
}
