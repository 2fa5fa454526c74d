//! `lint`: what the rules find in the document.

use std::io::Write;

use openapi_lint::{Profile, lint};

use crate::cli::Shared;
use crate::commands::regen::unreadable;
use crate::exit::{Exit, Stop};
use crate::finding;
use crate::output::{GOOD, Output, STRONG};
use crate::workspace::Workspace;

#[derive(Debug, Default, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,

    /// The rules to apply; each profile holds the ones before it.
    #[arg(long, value_enum, value_name = "PROFILE", default_value_t)]
    profile: ProfileName,

    /// List the rules of the profile and check nothing.
    #[arg(long)]
    rules: bool,
}

/// A profile, as it is named on the command line.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum ProfileName {
    /// What is wrong by the specification, or cannot be generated.
    Minimal,
    /// Beside that, what readers and users of the contract miss.
    Recommended,
    /// Beside that, what keeps generated clients compatible and secrets hidden.
    #[default]
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
) -> Result<Exit, Stop> {
    let profile = Profile::from(arguments.profile);
    if arguments.rules {
        for rule in profile.rules() {
            writeln!(out, "{STRONG}{:<26}{STRONG:#} {}", rule.id, rule.asks)?;
        }
        return Ok(Exit::Fine);
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
        return Ok(Exit::Fine);
    }
    Ok(Exit::Findings)
}
