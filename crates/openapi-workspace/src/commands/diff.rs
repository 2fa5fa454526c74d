//! `diff`: what changed since the last release, for whom it breaks, and which version it asks for.
//!
//! The comparison is `openapi-compat`'s. What this adds is where things are in the repository, and the names and
//! signatures that the generator really makes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use openapi_codegen::Generator;
use openapi_compat::command::{self, DiffArgs, Outcome};
use openapi_compat::report;
use openapi_compat::sdk::{SdkItem, SdkSurface};
use openapi_document::Source;

use crate::cli::Format;
use crate::error::{Error, Exit};
use crate::output::Output;
use crate::workspace::Workspace;

/// The arguments of `diff`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    diff: DiffArgs,
}

impl Arguments {
    /// The document that is to take the place of the other, if it is named.
    pub(crate) fn revision(&self) -> Option<PathBuf> {
        self.diff.revision.as_ref().map(PathBuf::from)
    }

    /// What a guard asks for: the newest release against the working tree.
    pub(crate) fn guard(format: Format) -> Self {
        let format = match format {
            Format::Human => report::Format::Text,
            Format::Github => report::Format::Github,
        };
        let diff = DiffArgs {
            format,
            fail_on: command::FailOn::Unknown,
            check_version: true,
            ..DiffArgs::default()
        };
        Self { diff }
    }
}

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let (released, revision) = (workspace.released(), workspace.document());
    let accepted = workspace.accepted();
    let defaults = command::Defaults {
        released: Some(&released),
        revision: Some(&revision),
        accepted: Some(&accepted),
        check_version: arguments.diff.base.is_none(),
        surface: &Generated,
    };
    let mut complaint = Vec::new();
    match command::run(&arguments.diff, &defaults, out, &mut complaint) {
        Outcome::Clean => Ok(Exit::Success),
        Outcome::Findings => Ok(Exit::Findings),
        Outcome::NotCompared => Err(Error::usage(
            String::from_utf8_lossy(&complaint).trim_end().to_owned(),
        )),
    }
}

/// The surface of what this workspace's generator makes.
struct Generated;

impl SdkSurface for Generated {
    fn surface(&self, source: &Source) -> Result<BTreeMap<String, SdkItem>, String> {
        // A document that no code can be generated from has no surface that could break.
        let Ok(bindings) = Generator::new(source).generate() else {
            return Ok(BTreeMap::new());
        };
        let items = bindings.items().into_iter();
        Ok(items
            .map(|(path, item)| {
                (
                    path,
                    SdkItem {
                        signature: item.signature,
                        pointer: item.pointer,
                    },
                )
            })
            .collect())
    }
}
