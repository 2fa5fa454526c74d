//! `lint`: what the rules find in the document.

use std::io::Write;

use openapi_lint::{Level, Profile, lint};

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

    /// The rules to apply; each profile holds the ones before it. Defaults to the one that `lint.toml` beside the contract names,
    /// or `recommended`.
    #[arg(long, value_enum, value_name = "PROFILE")]
    profile: Option<ProfileName>,

    /// List the rules that apply and check nothing.
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
    let mut config = workspace.lint_config()?;
    if let Some(profile) = arguments.profile {
        config = config.on(profile.into());
    }
    if arguments.rules {
        for rule in config.rules() {
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
    let findings = lint(&source, &config);
    finding::write_all(&findings, &source, out)?;
    if findings.iter().any(|it| it.level == Level::Error) {
        return Ok(Exit::Findings);
    }
    let warnings = match findings.len() {
        0 => String::new(),
        1 => ", with 1 warning".to_owned(),
        count => format!(", with {count} warnings"),
    };
    writeln!(
        out,
        "{GOOD}clean{GOOD:#}: {} by {} rules{warnings}",
        source.name(),
        config.rules().count()
    )?;
    Ok(Exit::Success)
}
