//! The command `openapi-workspace`: the tasks on any document and in any folder, and `init`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use openapi_workspace::{Command, Error, Exit, Format, Output, Project, Task, init};

/// The commands.
#[derive(Debug, Subcommand)]
enum Commands {
    /// Make a workspace around a document: contract, generated bindings, client, tasks, tests, CI.
    Init(init::Arguments),
    #[command(flatten)]
    Project(Command),
}

impl Task for Commands {
    fn format(&self) -> Format {
        match self {
            Self::Init(_) => Format::Human,
            Self::Project(command) => command.format(),
        }
    }

    fn run(
        self,
        project: Project,
        spec: Option<PathBuf>,
        out: &mut Output<'_>,
    ) -> Result<Exit, Error> {
        match self {
            Self::Init(arguments) => init::run(&arguments, spec, out),
            Self::Project(command) => command.run(project, spec, out),
        }
    }
}

fn main() -> ExitCode {
    openapi_workspace::run::<Commands>(Project::new("openapi-workspace"))
}
