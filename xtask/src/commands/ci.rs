//! `ci`: everything that guards the repository, one step after the other, all failures at the end.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::cli::{Format, Shared};
use crate::commands::{diff, lint, package, regen};
use crate::exit::{Exit, Stop};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG};
use crate::workspace::Workspace;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,

    /// Run these steps only (names separated by commas).
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    only: Vec<String>,

    /// Leave these steps out.
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    skip: Vec<String>,

    /// List the steps and run none.
    #[arg(long)]
    list: bool,
}

/// One step: what it does, and what it guards.
struct Step {
    name: &'static str,
    guards: &'static str,
    work: Work,
}

enum Work {
    /// A command of cargo, with variables of its environment.
    Cargo(
        &'static [&'static str],
        &'static [(&'static str, &'static str)],
    ),
    /// Packing, which takes more than one command.
    Package,
    /// A command of this tool.
    Own(fn(&Workspace, &mut Output<'_>) -> Result<Exit, Stop>),
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        guards: "the form of the source",
        work: Work::Cargo(&["fmt", "--all", "--check"], &[]),
    },
    Step {
        name: "lint",
        guards: "the contract's own rules",
        work: Work::Own(|workspace, out| lint::run(&lint::Arguments::default(), workspace, out)),
    },
    Step {
        name: "regen",
        guards: "that what derives from the contract is fresh, and its types lose nothing unknown",
        work: Work::Own(|workspace, out| regen::run(&regen::Arguments::check(), workspace, out)),
    },
    Step {
        name: "diff",
        guards: "those who depend on the last release",
        work: Work::Own(|workspace, out| {
            diff::run(&diff::Arguments::guard(out.format), workspace, out)
        }),
    },
    Step {
        name: "clippy",
        guards: "lints, and the oldest supported Rust",
        work: Work::Cargo(
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        ),
    },
    Step {
        name: "features",
        guards: "the wrapper without its default features, and with the platform's TLS",
        work: Work::Cargo(
            &[
                "clippy",
                "--package",
                "dingtalk-receipts",
                "--no-default-features",
                "--features",
                "native-tls",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        ),
    },
    Step {
        name: "test",
        guards: "what the README promises to pass",
        work: Work::Cargo(&["test", "--workspace"], &[]),
    },
    Step {
        name: "native-tls",
        guards: "that certificates mean the same to the platform's TLS",
        work: Work::Cargo(
            &[
                "test",
                "--package",
                "dingtalk-receipts",
                "--no-default-features",
                "--features",
                "native-tls,file-store",
                "--test",
                "main",
                "tls",
            ],
            &[],
        ),
    },
    Step {
        name: "doc",
        guards: "the documentation",
        work: Work::Cargo(
            &["doc", "--workspace", "--no-deps"],
            &[("RUSTDOCFLAGS", "-D warnings")],
        ),
    },
    Step {
        name: "package",
        guards: "that a published crate carries all that it builds from",
        work: Work::Package,
    },
];

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Stop> {
    let steps = chosen(arguments)?;
    if arguments.list {
        for step in steps {
            writeln!(out, "{STRONG}{:<10}{STRONG:#} {}", step.name, step.guards)?;
        }
        return Ok(Exit::Fine);
    }
    let mut results = Vec::new();
    for step in steps {
        begin(step, out)?;
        let start = Instant::now();
        let passed = match step.work {
            Work::Cargo(command, environment) => {
                cargo(command, environment, workspace.root(), out)?
            }
            Work::Package => package::run(workspace, out)?,
            Work::Own(command) => own(command, workspace, out)?,
        };
        results.push((step, passed, start.elapsed()));
        end(out)?;
    }
    summarise(&results, out)
}

fn chosen(arguments: &Arguments) -> Result<Vec<&'static Step>, Stop> {
    let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
    for name in arguments.only.iter().chain(&arguments.skip) {
        if !known.contains(&name.as_str()) {
            let known = known.join(", ");
            return Err(Stop::usage(format!(
                "there is no step `{name}`; the steps are {known}"
            )));
        }
    }
    let listed = |list: &[String], step: &Step| list.iter().any(|name| name == step.name);
    Ok(STEPS
        .iter()
        .filter(|step| arguments.only.is_empty() || listed(&arguments.only, step))
        .filter(|step| !listed(&arguments.skip, step))
        .collect())
}

/// Runs a command of this tool. That it cannot be run is a failure of the step, not the end of all.
fn own(
    command: fn(&Workspace, &mut Output<'_>) -> Result<Exit, Stop>,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<bool, Stop> {
    match command(workspace, out) {
        Ok(exit) => Ok(exit == Exit::Fine),
        Err(stop) => {
            writeln!(out, "{BAD}error{BAD:#}: {stop}")?;
            Ok(false)
        }
    }
}

/// The cargo that runs this.
pub(super) fn cargo_path() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"))
}

/// Runs a command of cargo in a folder, its output passed on as it comes.
pub(super) fn cargo(
    arguments: &[&str],
    environment: &[(&str, &str)],
    folder: &Path,
    out: &mut Output<'_>,
) -> Result<bool, Stop> {
    let (mut reader, writer) = io::pipe()?;
    let mut command = Command::new(cargo_path());
    command
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(folder)
        .stdin(std::process::Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    let mut child = command
        .spawn()
        .map_err(|error| Stop::usage(format!("cannot run cargo: {error}")))?;
    // The command holds the writing ends: as long as it does, the copy below would not end.
    drop(command);
    io::copy(&mut reader, out)?;
    Ok(child.wait()?.success())
}

fn begin(step: &Step, out: &mut Output<'_>) -> io::Result<()> {
    match out.format {
        Format::Human => {
            writeln!(
                out,
                "{STRONG}== {}{STRONG:#}  {FAINT}{}{FAINT:#}",
                step.name, step.guards
            )?;
        }
        Format::Github => writeln!(out, "::group::{}", step.name)?,
    }
    out.flush()
}

fn end(out: &mut Output<'_>) -> io::Result<()> {
    match out.format {
        Format::Human => writeln!(out),
        Format::Github => writeln!(out, "::endgroup::"),
    }
}

fn summarise(results: &[(&Step, bool, Duration)], out: &mut Output<'_>) -> Result<Exit, Stop> {
    for (step, passed, took) in results {
        let (style, word) = if *passed {
            (GOOD, "passed")
        } else {
            (BAD, "FAILED")
        };
        writeln!(
            out,
            "{style}{word}{style:#}  {:<10} {:>7.1} s",
            step.name,
            took.as_secs_f64()
        )?;
    }
    let failed: Vec<_> = results.iter().filter(|(_, passed, _)| !passed).collect();
    for (step, _, _) in &failed {
        let again = format!("cargo xtask ci --only {}", step.name);
        match out.format {
            Format::Human => {
                writeln!(out, "{BAD}{} failed{BAD:#}; again with: {again}", step.name)?
            }
            Format::Github => writeln!(
                out,
                "::error title={} failed::again with: {again}",
                step.name
            )?,
        }
    }
    Ok(if failed.is_empty() {
        Exit::Fine
    } else {
        Exit::Findings
    })
}
