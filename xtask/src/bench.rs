//! `bench`: what a page costs, counted in instructions, as ratios within one run.
//!
//! The same loop over the sandbox's pages, by the wrapper and by hand, under valgrind's callgrind: it counts
//! instructions, so the result is the same whatever else the machine does. The sandbox is another process and is not
//! counted.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use openapi_workspace::{BAD, Error, Exit, FAINT, GOOD, Output, STRONG, Workspace};
use serde_json::Value;

/// How much more than the loop by hand the wrapper may cost, whichever of its faces is used.
const ALLOWED: f64 = 1.05;

/// The loops, the one that the others are compared with first.
const MODES: &[(&str, &str)] = &[
    ("hand", "reqwest and serde_json, by hand"),
    ("generated", "the generated client alone"),
    (
        "wrapper",
        "the wrapper's pages, with a token that was given",
    ),
    (
        "app",
        "the wrapper's pages, with a token that it gets and caches",
    ),
    ("readers", "the wrapper's readers, each once"),
    ("collect", "the wrapper's readers at once, each once"),
];

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How many pages of 200 readers each loop asks for.
    #[arg(long, default_value_t = 200)]
    pages: u64,
}

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    if Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        writeln!(
            out,
            "skipped: valgrind is not installed, and without it there is nothing to count with"
        )?;
        return Ok(Exit::Success);
    }
    cargo(
        workspace,
        &["build", "--release", "--package", "dingtalk-receipts-cli"],
    )?;
    cargo(
        workspace,
        &[
            "build",
            "--release",
            "--package",
            "integration-tests",
            "--example",
            "page_loop",
        ],
    )?;
    let release = workspace.target().join("release");
    let sandbox = Sandbox::start(&release.join("dingtalk-receipts"), arguments.pages * 200)?;
    let page_loop = release.join("examples").join("page_loop");

    writeln!(
        out,
        "{STRONG}{:<10} {:>14} {:>12} {:>7}{STRONG:#}",
        "loop", "instructions", "a page", "ratio"
    )?;
    let mut exit = Exit::Success;
    let mut by_hand = None;
    for (mode, what) in MODES {
        let counted = count(&page_loop, mode, &sandbox)?;
        let base = *by_hand.get_or_insert(counted);
        let ratio = counted as f64 / base as f64;
        let missed = ratio > ALLOWED;
        if missed {
            exit = Exit::Findings;
        }
        let style = if missed { BAD } else { GOOD };
        let page = counted / arguments.pages.max(1);
        writeln!(
            out,
            "{mode:<10} {counted:>14} {page:>12} {style}{ratio:>7.3}{style:#}  {FAINT}{what}{FAINT:#}"
        )?;
        out.flush()?;
    }
    Ok(exit)
}

/// The instructions of one loop.
fn count(page_loop: &Path, mode: &str, sandbox: &Sandbox) -> Result<u64, Error> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(page_loop)
        .arg(mode)
        .args(&sandbox.arguments)
        .output()
        .map_err(|error| Error::usage(format!("cannot run valgrind: {error}")))?;
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines()
        .find_map(|line| line.split("Collected :").nth(1)?.trim().parse().ok())
        .filter(|_| output.status.success())
        .ok_or_else(|| Error::usage(format!("the loop `{mode}` failed:\n{text}")))
}

/// The command's own sandbox, in a process of its own; it ends with this value.
struct Sandbox {
    child: Child,
    /// URL, key, conversation, robot, token and app, as the loop takes them.
    arguments: Vec<String>,
}

impl Sandbox {
    fn start(command: &Path, readers: u64) -> Result<Self, Error> {
        let mut child = Command::new(command)
            .args([
                "sandbox",
                "--listen",
                "127.0.0.1:0",
                "--format",
                "json",
                "--readers",
            ])
            .arg(readers.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Error::usage(format!("cannot start the sandbox: {error}")))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let told: Value = serde_json::from_str(&line).map_err(|error| {
            Error::usage(format!("the sandbox did not say where it is: {error}"))
        })?;
        let arguments = [
            "url",
            "processQueryKey",
            "openConversationId",
            "robotCode",
            "accessToken",
            "appKey",
            "appSecret",
        ]
        .iter()
        .filter_map(|name| told[*name].as_str().map(str::to_owned))
        .collect();
        Ok(Self { child, arguments })
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Result<(), Error> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let status = Command::new(cargo)
        .args(arguments)
        .current_dir(workspace.root())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Error::usage(format!(
            "`cargo {}` failed",
            arguments.join(" ")
        ))),
    }
}
