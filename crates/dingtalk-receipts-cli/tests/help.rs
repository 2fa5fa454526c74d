//! `--help` of every command, 80 columns wide.

use crate::support::{command, golden, run, succeed};

#[test]
fn every_command_explains_itself_within_80_columns() {
    for name in [
        "",
        "readers",
        "unread",
        "watch",
        "export",
        "send",
        "recall",
        "members",
        "token",
        "sandbox",
        "completions",
    ] {
        let mut command = command();
        command.args(name.split_whitespace()).arg("--help");
        let text = succeed(&mut command);
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
        let file = if name.is_empty() {
            "help.txt".to_owned()
        } else {
            format!("help-{name}.txt")
        };
        golden(&file, &text);
    }
}

#[test]
fn without_arguments_the_help_is_shown() {
    let done = run(&mut command());
    assert_eq!(done.code, 2);
    assert!(
        done.stderr
            .contains("Usage: dingtalk-receipts [OPTIONS] <COMMAND>"),
        "{}",
        done.stderr
    );
}

#[test]
fn the_version_is_the_crate_s() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        succeed(command().arg("--version")),
        format!("dingtalk-receipts {version}\n")
    );
}
