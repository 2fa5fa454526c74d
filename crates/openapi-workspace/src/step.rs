//! The steps of `ci`.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::commands::{diff, lint, package, regen};
use crate::error::{Error, Exit};
use crate::output::Output;
use crate::workspace::Workspace;

/// One step of `ci`: its name, what it guards, and what it runs.
pub struct Step {
    pub(crate) name: &'static str,
    pub(crate) guards: &'static str,
    run: Box<Run>,
}

type Run = dyn Fn(&Workspace, &mut Output<'_>) -> Result<Exit, Error>;

impl Step {
    /// A step that runs a function. Its name is what `--only` and `--skip` take.
    #[must_use]
    pub fn new(
        name: &'static str,
        guards: &'static str,
        run: impl Fn(&Workspace, &mut Output<'_>) -> Result<Exit, Error> + 'static,
    ) -> Self {
        Self {
            name,
            guards,
            run: Box::new(run),
        }
    }

    /// A step that runs a command of cargo in the root of the project.
    #[must_use]
    pub fn cargo(
        name: &'static str,
        guards: &'static str,
        arguments: &'static [&'static str],
    ) -> Self {
        Self::new(name, guards, |workspace, out| {
            exit(cargo(arguments, &[], workspace.root(), out)?)
        })
    }

    pub(crate) fn run(&self, workspace: &Workspace, out: &mut Output<'_>) -> Result<Exit, Error> {
        (self.run)(workspace, out)
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, guards, .. } = self;
        f.debug_struct("Step")
            .field("name", name)
            .field("guards", guards)
            .finish_non_exhaustive()
    }
}

/// The steps of every project.
pub(crate) fn defaults() -> Vec<Step> {
    vec![
        Step::cargo(
            "format",
            "the form of the source",
            &["fmt", "--all", "--check"],
        ),
        Step::new("lint", "the contract's own rules", |workspace, out| {
            lint::run(&lint::Arguments::default(), workspace, out)
        }),
        Step::new(
            "regen",
            "that what derives from the contract is fresh, and its types lose nothing unknown",
            |workspace, out| regen::run(&regen::Arguments::check(), workspace, out),
        ),
        Step::new(
            "diff",
            "those who depend on the last release",
            |workspace, out| diff::run(&diff::Arguments::guard(out.format), workspace, out),
        ),
        Step::cargo(
            "clippy",
            "lints, and the oldest supported Rust",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
        ),
        Step::cargo(
            "test",
            "what the README promises to pass",
            &["test", "--workspace"],
        ),
        Step::new("doc", "the documentation", |workspace, out| {
            let environment = [("RUSTDOCFLAGS", "-D warnings")];
            let arguments = ["doc", "--workspace", "--no-deps"];
            exit(cargo(&arguments, &environment, workspace.root(), out)?)
        }),
        Step::new(
            "package",
            "that a published crate carries all that it builds from",
            |workspace, out| exit(package::run(workspace, out)?),
        ),
    ]
}

fn exit(passed: bool) -> Result<Exit, Error> {
    Ok(if passed {
        Exit::Success
    } else {
        Exit::Findings
    })
}

/// The cargo that runs this.
pub(crate) fn cargo_path() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"))
}

/// Runs a command of cargo in a folder, its output passed on as it comes.
pub(crate) fn cargo(
    arguments: &[&str],
    environment: &[(&str, &str)],
    folder: &Path,
    out: &mut Output<'_>,
) -> Result<bool, Error> {
    let (mut reader, writer) = io::pipe()?;
    let mut command = Command::new(cargo_path());
    command
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    let mut child = command
        .spawn()
        .map_err(|error| Error::usage(format!("cannot run cargo: {error}")))?;
    // The command holds the writing ends: as long as it does, the copy below would not end.
    drop(command);
    io::copy(&mut reader, out)?;
    Ok(child.wait()?.success())
}
