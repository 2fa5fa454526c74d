//! The shell snippets of the guide and of the example script run, against a sandbox, and print what the guide shows.
//!
//! `dingtalk-receipts` on the path is the command with the sandbox's address; `$KEY`, `$CONVERSATION` and `$ROBOT` name
//! its message. A block of `sh` runs; a block of `text` right behind it is what it prints. Blocks of `console` are not
//! run: they need a network, a terminal, or an end by hand.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use dingtalk_receipts_sandbox::{Message, Sandbox};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use tempfile::TempDir;

use crate::support::{APP_KEY, APP_SECRET, CONVERSATION, Done, KEY, ROBOT, message, run, sandbox};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder to work in, with the command that asks a sandbox, and nothing else of this project, on the path.
struct Shell {
    folder: TempDir,
    _sandbox: Sandbox,
}

impl Shell {
    async fn new() -> Self {
        let sandbox = sandbox(message(3))
            .message(
                Message::new("another")
                    .conversation(CONVERSATION)
                    .robot(ROBOT)
                    .readers(1),
            )
            .start()
            .await
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("bin/dingtalk-receipts");
        fs::create_dir(folder.path().join("bin")).unwrap();
        let text = format!(
            "#!/bin/sh\ncase \"$*\" in\n  *--sandbox*|*--help*) exec '{command}' \"$@\" ;;\n  \
             *) exec '{command}' \"$@\" --base-url '{url}' ;;\nesac\n",
            command = assert_cmd::cargo::cargo_bin!("dingtalk-receipts").display(),
            url = sandbox.url(),
        );
        fs::write(&script, text).unwrap();
        fs::set_permissions(&script, Permissions::from_mode(0o755)).unwrap();
        for (name, text) in [
            ("people.txt", "user000001\nmanager4220\n".to_owned()),
            (
                "messages.csv",
                format!(
                    "processQueryKey,openConversationId,robotCode\n{KEY},{CONVERSATION},{ROBOT}\n\
                     another,{CONVERSATION},{ROBOT}\n"
                ),
            ),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self {
            folder,
            _sandbox: sandbox,
        }
    }

    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Done {
        let path = std::env::var("PATH").unwrap();
        let bin = self.folder.path().join("bin");
        let mut shell = Command::new("sh");
        shell
            .args(["-euc", script])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", format!("{}:{path}", bin.display()))
            .env("HOME", self.folder.path())
            .env("COLUMNS", "80")
            .env("DINGTALK_APP_KEY", APP_KEY)
            .env("DINGTALK_APP_SECRET", APP_SECRET)
            .envs([
                ("KEY", KEY),
                ("CONVERSATION", CONVERSATION),
                ("ROBOT", ROBOT),
            ])
            .envs(variables.iter().copied());
        run(&mut shell)
    }
}

/// The blocks of `sh` in a text, each with the block of `text` that follows it.
fn snippets(text: &str) -> Vec<(String, Option<String>)> {
    let mut snippets: Vec<(String, Option<String>)> = Vec::new();
    let mut block: Option<(String, String)> = None;
    // Whether the last thing was a block of `sh`.
    let mut behind = false;
    for event in Parser::new(text) {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))), _) => {
                block = Some((language.to_string(), String::new()));
            }
            (Event::Text(text), Some((_, into))) => into.push_str(&text),
            (Event::End(TagEnd::CodeBlock), _) => match block.take() {
                Some((language, text)) if language == "sh" => {
                    snippets.push((text, None));
                    behind = true;
                }
                Some((language, text)) if language == "text" && behind => {
                    if let Some(last) = snippets.last_mut() {
                        last.1 = Some(text);
                    }
                    behind = false;
                }
                _ => behind = false,
            },
            (_, None) => behind = false,
            _ => {}
        }
    }
    snippets
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guides_shell_snippets_run_and_print_what_the_guide_shows() {
    let mut chapters: Vec<PathBuf> = fs::read_dir(root().join("docs/src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    chapters.sort();
    let mut count = 0;
    for chapter in chapters {
        let shell = Shell::new().await;
        for (script, expected) in snippets(&fs::read_to_string(&chapter).unwrap()) {
            let done = shell.run(&script, &[]);
            let name = chapter.display();
            assert_eq!(
                done.code, 0,
                "{name}\n{script}\n{}\n{}",
                done.stdout, done.stderr
            );
            if let Some(expected) = expected {
                assert_eq!(done.stdout, expected, "{name}\n{script}\n{}", done.stderr);
            }
            count += 1;
        }
    }
    assert!(count >= 7, "only {count} snippets were found");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cron_example_exports_and_starts_nothing_beside_a_run_under_way() {
    let shell = Shell::new().await;
    let script = root().join("examples/cron-export/export.sh");
    let folder = shell.folder.path().display().to_string();
    let variables = [("MESSAGES", "messages.csv"), ("OUTPUT_FOLDER", &*folder)];
    let command = format!("sh '{}'", script.display());

    let done = shell.run(&command, &variables);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let outputs = || -> Vec<PathBuf> {
        let entries = fs::read_dir(shell.folder.path()).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        paths
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "ndjson")
            })
            .collect()
    };
    assert_eq!(outputs().len(), 1);
    let text = fs::read_to_string(&outputs()[0]).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");

    // A run that is under way holds the lock.
    fs::remove_file(&outputs()[0]).unwrap();
    fs::create_dir(shell.folder.path().join(".export.lock")).unwrap();
    let done = shell.run(&command, &variables);
    assert_eq!(done.code, 75, "{}", done.stderr);
    assert!(outputs().is_empty());
}
