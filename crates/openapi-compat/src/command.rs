//! The command that compares two documents and says it with a report and an exit code.
//!
//! A program that has its own subcommands flattens [`DiffArgs`] into one of them and calls [`run`]
//! with its [`Defaults`].

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use openapi_document::Source;

use crate::accepted::{Accepted, Judged};
use crate::input::{self, Reach};
use crate::report::{Format, Report};
use crate::sdk::{NamedSurface, SdkSurface};
use crate::settings::{Settings, SettingsArgs};
use crate::version;
use crate::{Class, CompareError, compare_with};

/// What to compare, and how to say it.
#[derive(Debug, Clone, Default, Args)]
pub struct DiffArgs {
    /// The document that clients know: a path, git:REV:path, or - for standard input
    #[arg(value_name = "BASE")]
    pub base: Option<String>,
    /// The document that is to take its place: a path, git:REV:path, or -
    #[arg(value_name = "REVISION")]
    pub revision: Option<String>,
    /// The form of the report
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// The mildest finding that makes the command fail
    #[arg(long, value_enum, value_name = "CLASS", default_value = "unknown")]
    pub fail_on: FailOn,
    /// The folder whose files references may lead to [default: the folder of each document]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Read URLs that references lead to, with curl
    #[arg(long)]
    pub allow_url: bool,
    /// A TOML file of changes that were accepted on purpose
    #[arg(long, value_name = "FILE")]
    pub accepted: Option<PathBuf>,
    /// Fail if info.version is lower than the changes ask for
    #[arg(long)]
    pub check_version: bool,
    /// Which operations count, and how much each rule weighs.
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// The mildest finding that makes the command fail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Breaking changes.
    Breaking,
    /// Those, and what could not be decided.
    #[default]
    Unknown,
    /// Those, and changes of generated code.
    Sdk,
    /// Any finding.
    Any,
    /// Nothing that was found.
    None,
}

impl FailOn {
    fn includes(self, class: Class) -> bool {
        match self {
            FailOn::Breaking => class <= Class::Breaking,
            FailOn::Unknown => class <= Class::Unknown,
            FailOn::Sdk => class <= Class::Sdk,
            FailOn::Any => true,
            FailOn::None => false,
        }
    }
}

/// What stands in for arguments that are not given.
pub struct Defaults<'d> {
    /// The directory of released documents, the newest of which is the base.
    pub released: Option<&'d Path>,
    /// The document that is worked on.
    pub revision: Option<&'d Path>,
    /// The file of accepted changes; it need not be there.
    pub accepted: Option<&'d Path>,
    /// Whether `info.version` is checked without being asked to.
    pub check_version: bool,
    /// The code generator whose surface counts.
    pub surface: &'d dyn SdkSurface,
}

impl Default for Defaults<'_> {
    fn default() -> Self {
        Self {
            released: None,
            revision: None,
            accepted: None,
            check_version: false,
            surface: &NamedSurface,
        }
    }
}

/// How a comparison ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing that fails was found.
    Clean,
    /// Something was.
    Findings,
    /// The documents could not be compared.
    NotCompared,
}

impl Outcome {
    /// The exit code: 0 clean, 1 findings, 2 could not compare.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::NotCompared => 2,
        }
    }
}

/// Compares and reports. The report goes to `out`, and why there is none to `err`.
pub fn run(
    args: &DiffArgs,
    defaults: &Defaults<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Outcome {
    match diff(args, defaults) {
        Ok((report, outcome)) => match out.write_all(report.as_bytes()) {
            Ok(()) => outcome,
            // Who closes the pipe has read enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => outcome,
            Err(error) => {
                let _ = writeln!(err, "error: cannot write the report: {error}");
                Outcome::NotCompared
            }
        },
        Err(error) => {
            let _ = writeln!(err, "error: {error}");
            Outcome::NotCompared
        }
    }
}

fn diff(args: &DiffArgs, defaults: &Defaults<'_>) -> Result<(String, Outcome), CompareError> {
    // What is wrong with the options is said before the documents take their time.
    let settings = Settings::of(&args.settings)?;
    let accepted = accepted(args, defaults)?;
    let (base, revision) = documents(args, defaults)?;
    let comparison = compare_with(&base, &revision, defaults.surface)?;
    let (comparison, left_out) = settings.apply(comparison, &base, &revision)?;
    let mut problems = Vec::new();
    if args.check_version || defaults.check_version {
        problems.extend(version::problem(
            &base,
            &revision,
            comparison.findings.iter(),
        ));
    }
    let today = time::OffsetDateTime::now_utc().date().to_string();
    let judged: Judged = accepted.apply(comparison, version::version(&revision), &today);
    problems.extend(judged.stale.iter().cloned());
    let failing = judged
        .comparison
        .findings
        .iter()
        .any(|finding| args.fail_on.includes(finding.class));
    let outcome = if failing || !problems.is_empty() {
        Outcome::Findings
    } else {
        Outcome::Clean
    };
    let report = Report {
        base: &base,
        revision: &revision,
        judged: &judged,
        problems: &problems,
        left_out,
        width: width(),
    };
    Ok((report.render(args.format), outcome))
}

/// How wide the report is: as the terminal, but not wider than lines are read well.
fn width() -> usize {
    let terminal = terminal_size::terminal_size();
    terminal.map_or(80, |(terminal_size::Width(width), _)| {
        usize::from(width).clamp(40, 100)
    })
}

/// Reads both documents at once: reading takes most of the time.
fn documents(args: &DiffArgs, defaults: &Defaults<'_>) -> Result<(Source, Source), CompareError> {
    let missing = |what: &str| CompareError::new(format!("{what} is missing: give its path"));
    let shown = |path: &Path| path.display().to_string();
    let base = match (&args.base, defaults.released) {
        (Some(base), _) => base.clone(),
        (None, Some(released)) => shown(&input::newest_release(released)?),
        (None, None) => return Err(missing("the base")),
    };
    let revision = match (&args.revision, defaults.revision) {
        (Some(revision), _) => revision.clone(),
        (None, Some(revision)) => shown(revision),
        (None, None) => return Err(missing("the revision")),
    };
    if base == "-" && revision == "-" {
        return Err(CompareError::new(
            "both documents are standard input (`-`): give a path for one of them",
        ));
    }
    let reach = Reach {
        root: args.root.clone(),
        urls: args.allow_url,
    };
    std::thread::scope(|scope| {
        let base = scope.spawn(|| input::read(&base, &reach));
        let revision = input::read(&revision, &reach);
        let base = base
            .join()
            .unwrap_or_else(|_| Err(CompareError::new("the base could not be read")));
        Ok((base?, revision?))
    })
}

fn accepted(args: &DiffArgs, defaults: &Defaults<'_>) -> Result<Accepted, CompareError> {
    let path = match (&args.accepted, defaults.accepted) {
        (Some(path), _) => path.as_path(),
        (None, Some(path)) if path.exists() => path,
        _ => return Ok(Accepted::default()),
    };
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| CompareError::new(format!("{shown}: cannot read: {error}")))?;
    Accepted::parse(&text).map_err(|error| CompareError::new(format!("{shown}:{error}")))
}
