//! The tasks of this repository: those of `openapi-workspace`, and what is its own. `cargo xtask` alone lists them.

mod bench;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use openapi_workspace::{Command, Error, Exit, Format, Output, Project, Step, Task};

/// The commands.
#[derive(Debug, Subcommand)]
enum Commands {
    #[command(flatten)]
    Project(Command),
    /// Count what a page costs, beside the same loop written by hand.
    Bench(bench::Arguments),
}

impl Task for Commands {
    fn format(&self) -> Format {
        match self {
            Self::Project(command) => command.format(),
            Self::Bench(_) => Format::Human,
        }
    }

    fn run(
        self,
        project: Project,
        spec: Option<PathBuf>,
        out: &mut Output<'_>,
    ) -> Result<Exit, Error> {
        match self {
            Self::Project(command) => command.run(project, spec, out),
            Self::Bench(arguments) => bench::run(&arguments, &project.open(spec)?, out),
        }
    }
}

fn main() -> ExitCode {
    openapi_workspace::run::<Commands>(project())
}

fn project() -> Project {
    Project::new("cargo xtask")
        .contract("openapi/dingtalk-receipts.yaml")
        .error_reference("crates/dingtalk-receipts/src/error/reference.md")
        .link("crates/dingtalk-receipts-api/openapi/dingtalk-receipts.yaml")
        .link("crates/dingtalk-receipts-sandbox/openapi/dingtalk-receipts.yaml")
        .package("dingtalk-receipts-api")
        .step(Step::cargo(
            "features",
            "the wrapper without its default features, and with the platform's TLS",
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
        ))
        .step(Step::cargo(
            "native-tls",
            "that certificates mean the same to the platform's TLS",
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
        ))
        .step(Step::cargo(
            "soak",
            "that long runs through faults lose nothing",
            &[
                "test",
                "--package",
                "integration-tests",
                "--test",
                "main",
                "soak",
                "--",
                "--ignored",
            ],
        ))
        .step(Step::cargo(
            "init",
            "that a new workspace builds, and that its guards find a break",
            &[
                "test",
                "--package",
                "openapi-workspace",
                "--test",
                "init",
                "--",
                "--ignored",
            ],
        ))
        .step(Step::cargo(
            "acceptance",
            "that what is generated from other people's documents compiles",
            &[
                "check",
                "--package",
                "codegen-documents",
                "--features",
                "compile",
            ],
        ))
}
