//! The GitHub Action: its steps are run as a runner would run them.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

use openapi_document::Source;
use serde_json::Value;

use crate::directory::Directory;

const BASE: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get: {responses: {'200': {description: ok}}}\n";

/// The script of the step that compares, and the names of its variables.
fn comparing_step() -> (String, Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let action = Source::read(&path).unwrap();
    let step = action.value().pointer("/runs/steps/1").unwrap();
    let mut names: Vec<_> = step["env"].as_object().unwrap().keys().cloned().collect();
    names.sort();
    (step["run"].as_str().unwrap().to_owned(), names)
}

#[test]
fn the_action_annotates_summarizes_and_fails() {
    let directory = Directory::new("action");
    directory.write("base api.yaml", BASE);
    directory.write("new.yaml", &BASE.replace("get:", "put:"));
    let config = directory.write("compat.toml", "[rules]\n\"*\" = \"docs\"\n");
    let binary = Path::new(env!("CARGO_BIN_EXE_openapi-compat"));
    let (script, names) = comparing_step();
    assert_eq!(names, ["ACCEPTED", "BASE", "CONFIG", "FAIL_ON", "REVISION"]);
    let summary = directory.path().join("summary.md");
    let run = |config: &str| {
        let path = std::env::var("PATH").unwrap_or_default();
        let folder = binary.parent().unwrap().display();
        Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script])
            .current_dir(directory.path())
            .env("PATH", format!("{folder}:{path}"))
            .env("GITHUB_STEP_SUMMARY", &summary)
            .envs([("BASE", "base api.yaml"), ("REVISION", "new.yaml")])
            .envs([("FAIL_ON", "unknown"), ("CONFIG", config), ("ACCEPTED", "")])
            .output()
            .unwrap()
    };
    let output = run("");
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{out}");
    assert!(out.starts_with("::error file=new.yaml,line=3,"), "{out}");
    let written = std::fs::read_to_string(&summary).unwrap();
    assert!(
        written.starts_with("## API changes: breaking\n"),
        "{written}"
    );
    assert_eq!(run(&config).status.code(), Some(0));
}

#[test]
fn inputs_of_the_action_are_only_passed_as_variables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let action = Source::read(&path).unwrap();
    let steps = action
        .value()
        .pointer("/runs/steps")
        .and_then(Value::as_array)
        .unwrap();
    for step in steps {
        assert!(!step["run"].as_str().unwrap().contains("${{"), "{step}");
    }
}
