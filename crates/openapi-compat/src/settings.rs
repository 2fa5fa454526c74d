//! Which operations count, and how much each rule weighs.
//!
//! Settings come from options and from a TOML file:
//!
//! ```toml
//! paths = ["/v1/**"]
//! exclude = ["/v1/internal/**"]
//! tags = ["public"]
//! exclude-tags = ["beta-*"]
//! exclude-extensions = ["x-internal"]
//!
//! [rules]
//! "documentation-changed" = "off"
//! "request-parameter-removed" = "breaking"
//! ```

mod rules;
mod scope;

use std::path::{Path, PathBuf};

use clap::Args;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use openapi_document::Source;
use serde::Deserialize;

use crate::accepted;
use crate::compare::{CompareError, Comparison};
use rules::Rules;
use scope::Scope;

/// Options that choose operations and weigh rules.
#[derive(Debug, Clone, Default, Args)]
pub struct SettingsArgs {
    /// Only operations of these paths: /pets/* or /pets/**
    #[arg(long = "path", value_name = "GLOB", help_heading = "What counts")]
    pub paths: Vec<String>,
    /// No operations of these paths
    #[arg(long, value_name = "GLOB", help_heading = "What counts")]
    pub exclude: Vec<String>,
    /// Only operations with one of these tags
    #[arg(long = "tag", value_name = "GLOB", help_heading = "What counts")]
    pub tags: Vec<String>,
    /// No operations with one of these tags
    #[arg(
        long = "exclude-tag",
        value_name = "GLOB",
        help_heading = "What counts"
    )]
    pub exclude_tags: Vec<String>,
    /// No operations with this extension, such as x-internal
    #[arg(
        long = "exclude-extension",
        value_name = "NAME",
        help_heading = "What counts"
    )]
    pub exclude_extensions: Vec<String>,
    /// Another class for the findings of a rule, or off: response-*=off
    #[arg(long = "rule", value_name = "GLOB=CLASS", help_heading = "What counts")]
    pub rules: Vec<String>,
    /// A TOML file with these settings
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    pub config: Option<PathBuf>,
}

/// The settings as a file has them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    paths: Vec<String>,
    exclude: Vec<String>,
    tags: Vec<String>,
    exclude_tags: Vec<String>,
    exclude_extensions: Vec<String>,
    rules: std::collections::BTreeMap<String, String>,
}

/// Settings that were read.
#[derive(Debug)]
pub(crate) struct Settings {
    scope: Scope,
    rules: Rules,
}

impl Settings {
    /// Reads options and the file that they name. Options add to the file's settings.
    pub(crate) fn of(args: &SettingsArgs) -> Result<Self, CompareError> {
        let file = args.config.as_deref().map(File::read).transpose()?;
        let mut file = file.unwrap_or_default();
        file.paths.extend(args.paths.iter().cloned());
        file.exclude.extend(args.exclude.iter().cloned());
        file.tags.extend(args.tags.iter().cloned());
        file.exclude_tags.extend(args.exclude_tags.iter().cloned());
        file.exclude_extensions
            .extend(args.exclude_extensions.iter().cloned());
        let mut rules = file.rules;
        for rule in &args.rules {
            let Some((pattern, class)) = rule.split_once('=') else {
                return Err(CompareError::new(format!(
                    "--rule {rule}: expected GLOB=CLASS, such as response-*=off"
                )));
            };
            rules.insert(pattern.to_owned(), class.to_owned());
        }
        Ok(Self {
            scope: Scope {
                paths: globs(&file.paths, "path")?,
                exclude: globs(&file.exclude, "path")?,
                tags: globs(&file.tags, "tag")?,
                exclude_tags: globs(&file.exclude_tags, "tag")?,
                exclude_extensions: file.exclude_extensions,
                asked: (file.paths, file.tags),
            },
            rules: Rules::of(&rules)?,
        })
    }

    /// The findings that count, with the classes that they have here, and how many are left out.
    pub(crate) fn apply(
        &self,
        comparison: Comparison,
        base: &Source,
        revision: &Source,
    ) -> Result<(Comparison, usize), CompareError> {
        self.scope.check(base, revision)?;
        let all = comparison.findings.len();
        let findings = comparison.findings.into_iter();
        let mut findings: Vec<_> = findings
            .filter_map(|finding| self.scope.keep(finding, base, revision))
            .filter_map(|finding| self.rules.weigh(finding))
            .collect();
        // A stable sort keeps the order of the document within a class.
        findings.sort_by_key(|finding| finding.class);
        let left_out = all - findings.len();
        Ok((Comparison::of(findings), left_out))
    }
}

impl File {
    fn read(path: &Path) -> Result<Self, CompareError> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            CompareError::new(format!("{}: cannot read: {error}", path.display()))
        })?;
        toml::from_str(&text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let (line, column) = accepted::place(&text, start).unwrap_or((1, 1));
            let message = error.message().replace('\n', " ");
            let path = path.display();
            CompareError::new(format!("{path}:{line}:{column}: {message}"))
        })
    }
}

/// A set of globs in which `*` stays within a segment, and braces are those of path templates.
fn globs(patterns: &[String], what: &str) -> Result<GlobSet, CompareError> {
    let failed = |error: globset::Error| CompareError::new(format!("a glob of a {what}: {error}"));
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let literal = pattern.replace('{', "[{]").replace('}', "[}]");
        let glob = GlobBuilder::new(&literal).literal_separator(true).build();
        set.add(glob.map_err(failed)?);
    }
    set.build().map_err(failed)
}
