//! The command on a terminal: a pseudo-terminal of 80 columns, as a rule.

use std::fs::{File, OpenOptions};
use std::io::Read as _;
use std::process::{Command, Stdio};

use dingtalk_receipts_sandbox::{Answer, Operation};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::interrupt::send;
use crate::support::{command, readers, with_readers};

/// A terminal: the side that a person looks at, and the side that a program writes to.
fn terminal(columns: u16) -> (File, File) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let size = Winsize {
        ws_row: 24,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&person, size).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap();
    let program = OpenOptions::new()
        .read(true)
        .write(true)
        .open(name.to_str().unwrap())
        .unwrap();
    (File::from(person), program)
}

/// What a person sees of a command, from its first byte to its last. `look` is shown the process and what was seen so
/// far, again and again.
fn seen(command: &mut Command, look: impl FnMut(u32, &str)) -> (i32, String) {
    seen_in(80, command, look)
}

/// The same on a terminal with so many columns.
fn seen_in(columns: u16, command: &mut Command, mut look: impl FnMut(u32, &str)) -> (i32, String) {
    let (mut person, program) = terminal(columns);
    if !command.get_envs().any(|(name, _)| name == "TERM") {
        command.env("TERM", "xterm");
    }
    command.stdin(Stdio::null());
    command.stdout(program.try_clone().unwrap()).stderr(program);
    let mut child = command.spawn().unwrap();
    // The command holds the terminal's other side, too; it is closed when both are gone.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut seen = Vec::new();
    let mut piece = [0; 4096];
    // The end of a terminal is an error, not an empty read.
    while let Ok(length @ 1..) = person.read(&mut piece) {
        seen.extend_from_slice(&piece[..length]);
        look(child.id(), &String::from_utf8_lossy(&seen));
    }
    (
        child.wait().unwrap().code().unwrap(),
        String::from_utf8(seen).unwrap(),
    )
}

#[test]
fn readers_are_a_table() {
    let mut command = command();
    command.args(["readers", "--sandbox", "--sandbox-readers", "2"]);
    let (code, text) = seen(&mut command, |_, _| {});
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("USER ID     UNION ID\r\nuser000000  union000000iEiE\r\n"),
        "{text}"
    );
    assert!(
        text.contains("2 readers on 1 page. Send status: SUCCESS."),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_run_shows_its_progress_and_takes_it_away_again() {
    let sandbox = with_readers(600).await;
    let script = sandbox.script(Operation::Query);
    script
        .times(2, Answer::genuine())
        .then(Answer::genuine().hanging());
    let mut interrupted = false;
    let (code, text) = seen(&mut readers(&sandbox), |process, text| {
        if !interrupted && text.contains("2 pages, 400 readers") {
            interrupted = true;
            send("INT", process);
        }
    });
    assert_eq!(code, 130, "{text}");
    let progress = text.find("2 pages, 400 readers").unwrap();
    let table = text.find("USER ID").unwrap();
    assert!(progress < table, "{text}");
    // The line is cleared before the table begins.
    assert!(text[progress..table].contains("\u{1b}[2K"), "{text:?}");
    assert!(!text[table..].contains('\u{1b}'), "{text:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_that_appear_as_they_come_are_not_torn_apart_by_progress() {
    let sandbox = with_readers(600).await;
    let (code, text) = seen(readers(&sandbox).args(["--format", "csv"]), |_, _| {});
    assert_eq!(code, 0, "{text}");
    assert_eq!(text.lines().count(), 601);
    assert!(!text.contains('\u{1b}'), "{text:?}");
}

#[test]
fn an_export_shows_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command();
    command
        .args(["export", "--sandbox", "--rate-limit", "off", "--output"])
        .arg(folder.path().join("out.csv"));
    let (code, text) = seen(&mut command, |_, _| {});
    assert_eq!(code, 0, "{text}");
    assert!(text.contains(" of 100 messages, "), "{text}");
    assert!(text.contains("100 messages with 100 calls."), "{text}");
}

#[test]
fn an_export_is_a_table() {
    let mut command = command();
    let (code, text) = seen(
        command.args(["export", "--sandbox", "--rate-limit", "off"]),
        |_, _| {},
    );
    assert_eq!(code, 0, "{text}");
    let mut lines = text
        .lines()
        .filter(|line| line.contains("MESSAGE") || line.contains("demo-message-"));
    let words = |line: &str| {
        line.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert!(words(lines.next().unwrap()).ends_with(&words("READERS STATUS")));
    assert_eq!(lines.count(), 100);
    assert!(!text.contains("processQueryKey"), "{text}");
}

#[test]
fn an_error_is_no_wider_than_the_terminal() {
    for columns in [50, 80, 100, 200] {
        let mut command = command();
        command.args(["readers", "key", "--conversation", "c", "--robot", "r"]);
        let (code, text) = seen_in(columns, &mut command, |_, _| {});
        assert_eq!(code, 2, "{text}");
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
        let columns = usize::from(columns.min(100));
        assert!(
            (columns - 20..=columns).contains(&widest),
            "{columns}: {text}"
        );
    }
}

#[test]
fn no_cursor_is_moved_where_it_cannot_or_should_not() {
    for (name, value) in [("TERM", "dumb"), ("TERM", ""), ("CI", "true")] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = command();
        command.env(name, value);
        command
            .args(["export", "--sandbox", "--rate-limit", "off", "--output"])
            .arg(folder.path().join("out.csv"));
        let (code, text) = seen(&mut command, |_, _| {});
        assert_eq!(code, 0, "{text}");
        assert_eq!(text, "100 messages with 100 calls.\r\n", "{name}={value}");
    }
}

/// The question before a message is sent to a real host, answered by what a person types.
#[test]
fn send_asks_before_it_sends_to_a_real_host() {
    use std::io::Write as _;
    for (typed, code, said) in [
        ("n\n", 2, "nothing was sent"),
        ("\n", 2, "nothing was sent"),
        // It gets as far as the proxy.
        ("y\n", 6, "error"),
    ] {
        let (mut person, program) = terminal(80);
        let mut command = command();
        command.args(["send", "--text", "a", "--conversation", "c", "--robot", "r"]);
        command.args(["--base-url", "https://gateway.example.org"]);
        command.args(["--proxy", "http://127.0.0.1:1", "--attempts", "1"]);
        command.env("DINGTALK_ACCESS_TOKEN", "token");
        command.stdin(program.try_clone().unwrap());
        command.stdout(program.try_clone().unwrap()).stderr(program);
        let mut child = command.spawn().unwrap();
        command.stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let (mut seen, mut piece, mut asked) = (Vec::new(), [0; 4096], false);
        while let Ok(length @ 1..) = person.read(&mut piece) {
            seen.extend_from_slice(&piece[..length]);
            let text = String::from_utf8_lossy(&seen);
            if !asked && text.contains("[y/N] ") {
                asked = true;
                person.write_all(typed.as_bytes()).unwrap();
            }
        }
        let text = String::from_utf8_lossy(&seen);
        assert_eq!(child.wait().unwrap().code(), Some(code), "{text}");
        assert!(asked && text.contains(said), "{text}");
    }
}
