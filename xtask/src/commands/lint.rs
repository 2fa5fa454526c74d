//! `lint`: what the rules find in the document.

use std::io::Write;

use crate::cli::Shared;
use crate::commands::regen::unreadable;
use crate::exit::{Exit, Stop};
use crate::finding;
use crate::lint::{RULES, lint};
use crate::output::{GOOD, Output, STRONG};
use crate::workspace::Workspace;

#[derive(Debug, Default, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,

    /// List the rules and look at nothing.
    #[arg(long)]
    rules: bool,
}

pub(crate) fn run(
    arguments: &Arguments,
    workspace: &Workspace,
    out: &mut Output<'_>,
) -> Result<Exit, Stop> {
    if arguments.rules {
        for rule in RULES {
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
    let findings = lint(&source);
    finding::write_all(&findings, &source, out)?;
    if findings.is_empty() {
        writeln!(
            out,
            "{GOOD}clean{GOOD:#}: {} by {} rules",
            source.name(),
            RULES.len()
        )?;
        return Ok(Exit::Fine);
    }
    Ok(Exit::Findings)
}
