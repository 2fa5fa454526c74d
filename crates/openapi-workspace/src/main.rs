//! The command `openapi-workspace`: the tasks on any document and in any folder.

use std::process::ExitCode;

use openapi_workspace::{Command, Project};

fn main() -> ExitCode {
    openapi_workspace::run::<Command>(Project::new("openapi-workspace"))
}
