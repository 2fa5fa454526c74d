//! `watch`: after each save of the document, everything that follows from it, at once.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::{RecursiveMode, Watcher};

use crate::cli::Shared;
use crate::commands::{diff, lint, regen};
use crate::error::{Error, Exit};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG};
use crate::step::cargo_path;
use crate::workspace::Workspace;

/// A save is often several events: they count as one if they come within this time.
const PAUSE: Duration = Duration::from_millis(40);

/// The arguments of `watch`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,

    /// End after so many rounds, the first of which is at once.
    #[arg(long, value_name = "N")]
    rounds: Option<u64>,
}

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let document = workspace.document();
    let events = events(&document)?;
    let mut exit = Exit::Success;
    for round in 1.. {
        exit = one_round(workspace, out)?;
        if arguments.rounds == Some(round) {
            break;
        }
        writeln!(
            out,
            "{FAINT}waiting for {}{FAINT:#}",
            workspace.name(&document)
        )?;
        out.flush()?;
        if events.recv().is_err() {
            return Err(Error::usage("the watch on the document has ended"));
        }
        while events.recv_timeout(PAUSE).is_ok() {}
    }
    Ok(exit)
}

/// One message for each change of the document. Its folder is watched, because editors write a new file and rename it.
fn events(document: &Path) -> Result<Receiver<()>, Error> {
    let (sender, receiver) = mpsc::channel();
    let name = document
        .file_name()
        .map(OsStr::to_owned)
        .unwrap_or_default();
    let failed = |error: notify::Error| {
        Error::usage(format!("cannot watch {}: {error}", document.display()))
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        let touches = event
            .paths
            .iter()
            .any(|path| path.file_name() == Some(&name));
        if touches && !event.kind.is_access() {
            // Nobody listens any more once the command ends.
            let _ = sender.send(());
        }
    })
    .map_err(failed)?;
    let folder = document
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    watcher
        .watch(
            folder.unwrap_or(Path::new(".")),
            RecursiveMode::NonRecursive,
        )
        .map_err(failed)?;
    // The watch lasts as long as the process.
    std::mem::forget(watcher);
    Ok(receiver)
}

fn one_round(workspace: &Workspace, out: &mut Output<'_>) -> Result<Exit, Error> {
    let start = Instant::now();
    let mut exit = step("regen", out, |out| {
        regen::run(&regen::Arguments::write_only(), workspace, out)
    })?;
    // Of a document that cannot be read there is no more to say.
    let regenerated = exit == Exit::Success;
    if regenerated {
        exit = step("lint", out, |out| {
            lint::run(&lint::Arguments::default(), workspace, out)
        })?;
    }
    if workspace.is_contract() && regenerated {
        let arguments = diff::Arguments::guard(out.format);
        exit = exit.max(step("diff", out, |out| {
            diff::run(&arguments, workspace, out)
        })?);
    }
    writeln!(
        out,
        "{FAINT}judged in {:.2} s{FAINT:#}",
        start.elapsed().as_secs_f64()
    )?;
    out.flush()?;
    if workspace.is_contract() && regenerated {
        let built = build(workspace)?;
        let (style, word) = if built {
            (GOOD, "built")
        } else {
            (BAD, "does not build")
        };
        writeln!(
            out,
            "{style}{word}{style:#} {} {FAINT}{:.2} s{FAINT:#}",
            workspace
                .project()
                .package
                .as_deref()
                .unwrap_or("the workspace"),
            start.elapsed().as_secs_f64()
        )?;
        if !built {
            exit = exit.max(Exit::Findings);
        }
    }
    Ok(exit)
}

/// Runs a command; one that cannot be run is told of, and the watch goes on.
fn step(
    name: &str,
    out: &mut Output<'_>,
    run: impl FnOnce(&mut Output<'_>) -> Result<Exit, Error>,
) -> Result<Exit, Error> {
    writeln!(out, "{STRONG}== {name}{STRONG:#}")?;
    match run(out) {
        Ok(exit) => Ok(exit),
        Err(stop) => {
            writeln!(out, "{BAD}error{BAD:#}: {stop}")?;
            Ok(stop.exit())
        }
    }
}

fn build(workspace: &Workspace) -> Result<bool, Error> {
    let mut command = Command::new(cargo_path());
    command.args(["build", "--quiet"]);
    match &workspace.project().package {
        Some(package) => command.args(["--package", package]),
        None => command.arg("--workspace"),
    };
    command
        .current_dir(workspace.root())
        .stdin(Stdio::null())
        .status()
        .map(|status| status.success())
        .map_err(|error| Error::usage(format!("cannot run cargo: {error}")))
}
