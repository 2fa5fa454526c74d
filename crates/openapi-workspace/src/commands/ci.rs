//! `ci`: everything that guards the repository, one step after the other, all failures at the end.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::cli::{Format, Shared};
use crate::error::{Error, Exit};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG};
use crate::step::Step;
use crate::workspace::Workspace;

/// The arguments of `ci`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
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

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let steps = chosen(arguments, &workspace.project().steps)?;
    if arguments.list {
        for step in steps {
            writeln!(out, "{STRONG}{:<10}{STRONG:#} {}", step.name, step.guards)?;
        }
        return Ok(Exit::Success);
    }
    let mut results = Vec::new();
    for step in steps {
        begin(step, out)?;
        let start = Instant::now();
        let passed = run_step(step, workspace, out)?;
        results.push((step, passed, start.elapsed()));
        end(out)?;
    }
    summarize(&results, workspace.project().command, out)
}

fn chosen<'a>(arguments: &Arguments, steps: &'a [Step]) -> Result<Vec<&'a Step>, Error> {
    let known: Vec<_> = steps.iter().map(|step| step.name).collect();
    for name in arguments.only.iter().chain(&arguments.skip) {
        if !known.contains(&name.as_str()) {
            let known = known.join(", ");
            return Err(Error::usage(format!(
                "there is no step `{name}`; the steps are {known}"
            )));
        }
    }
    let listed = |list: &[String], step: &Step| list.iter().any(|name| name == step.name);
    Ok(steps
        .iter()
        .filter(|step| arguments.only.is_empty() || listed(&arguments.only, step))
        .filter(|step| !listed(&arguments.skip, step))
        .collect())
}

/// Runs a step. That it cannot be run is a failure of the step, not the end of all.
fn run_step(step: &Step, workspace: &Workspace, out: &mut Output<'_>) -> Result<bool, Error> {
    match step.run(workspace, out) {
        Ok(exit) => Ok(exit == Exit::Success),
        Err(error) => {
            writeln!(out, "{BAD}error{BAD:#}: {error}")?;
            Ok(false)
        }
    }
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

fn summarize(
    results: &[(&Step, bool, Duration)],
    command: &str,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
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
        let again = format!("{command} ci --only {}", step.name);
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
        Exit::Success
    } else {
        Exit::Findings
    })
}
