//! `lint`: what the rules find in the document.

use std::io::Write;

use openapi_lint::{Profile, lint};

use crate::cli::Shared;
use crate::commands::regen::unreadable;
use crate::error::{Error, Exit};
use crate::finding;
use crate::output::{GOOD, Output, STRONG};
use crate::workspace::Workspace;

/// The arguments of `lint`.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,

    /// The rules to apply; each profile holds the ones before it. Defaults to the project's.
    #[arg(long, value_enum, value_name = "PROFILE")]
    profile: Option<ProfileName>,

    /// List the rules of the profile and check nothing.
    #[arg(long)]
    rules: bool,
}

/// A profile, as it is named on the command line.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ProfileName {
    /// What is wrong by the specification, or cannot be generated.
    Minimal,
    /// Beside that, what readers and users of the contract miss.
    Recommended,
    /// Beside that, what keeps generated clients compatible and secrets hidden.
    Strict,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Minimal => Self::Minimal,
            ProfileName::Recommended => Self::Recommended,
            ProfileName::Strict => Self::Strict,
        }
    }
}

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let profile = arguments
        .profile
        .map_or(workspace.project().lint_profile, Profile::from);
    if arguments.rules {
        for rule in profile.rules() {
            writeln!(out, "{STRONG}{:<26}{STRONG:#} {}", rule.id, rule.asks)?;
        }
        return Ok(Exit::Success);
    }
    let source = match workspace.read() {
        Ok(source) => source,
        Err(error) => {
            unreadable(&error, out)?;
            return Ok(Exit::Findings);
        }
    };
    let findings = lint(&source, profile);
    finding::write_all(&findings, &source, out)?;
    if findings.is_empty() {
        writeln!(
            out,
            "{GOOD}clean{GOOD:#}: {} by {} rules",
            source.name(),
            profile.rules().count()
        )?;
        return Ok(Exit::Success);
    }
    Ok(Exit::Findings)
}
