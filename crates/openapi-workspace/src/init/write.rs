//! Writes a new workspace, and what derives from its contract.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use openapi_codegen::Generator;
use openapi_document::Source;
use openapi_lint::{Config, Finding, Profile, lint};
use semver::Version;
use serde_json::Value;

use super::name;
use super::template::{self, Values};
use crate::commands::{regen, round_trip};
use crate::error::{Error, Exit};
use crate::finding;
use crate::output::{GOOD, Output};
use crate::project::Project;
use crate::workspace::Workspace;

/// The arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder to make; its name is the name of the packages.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// Leave out the round trip through the Rust types, which has to build them; `cargo xtask round-trip
    /// --accept-losses` does it later.
    #[arg(long)]
    no_round_trip: bool,

    /// Leave out what cannot be generated, and list it in `openapi/left-out.txt`: the new `build.rs` does it too.
    #[arg(long)]
    lenient: bool,
}

/// Writes a workspace around the document at `spec`.
///
/// # Errors
/// If the folder is there and not empty, its name cannot be a package's, or something cannot be written.
pub fn run(
    arguments: &Arguments,
    spec: Option<PathBuf>,
    out: &mut Output<'_>,
) -> Result<Exit, Error> {
    let Some(spec) = spec else {
        return Err(Error::usage(
            "there is no document to begin with; name one with --spec",
        ));
    };
    let root = &arguments.folder;
    let name = root
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    name::check(&name)?;
    if root
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some())
    {
        return Err(Error::usage(format!(
            "{} is not empty; name a folder that is not there yet",
            root.display()
        )));
    }
    let source = match Source::read(&spec) {
        Ok(source) => source,
        Err(error) => {
            regen::unreadable(&error, out)?;
            return Ok(Exit::Findings);
        }
    };
    // A document that cannot be generated from gives a workspace that does not build.
    let generated = Generator::new(&source)
        .lenient(arguments.lenient)
        .generate();
    let found = match (elsewhere(&source), &generated) {
        (elsewhere, _) if !elsewhere.is_empty() => elsewhere,
        (_, Err(error)) => Finding::of_generator(error),
        (_, Ok(_)) => Vec::new(),
    };
    if !found.is_empty() {
        finding::write_all(&found, &source, out)?;
        writeln!(out, "nothing was written")?;
        return Ok(Exit::Findings);
    }
    let profile = strictest(&source);
    write(arguments, &name, &source, profile)
        .map_err(|error| Error::usage(format!("cannot write {}: {error}", root.display())))?;
    derive(arguments, &name, &source, out)?;
    writeln!(
        out,
        "{GOOD}made{GOOD:#} {}: lint rules of the profile `{}`; begin with\n  cd {} && cargo xtask ci",
        root.display(),
        format!("{profile:?}").to_lowercase(),
        root.display()
    )?;
    Ok(Exit::Success)
}

/// The references to other documents. A workspace has its contract in one file, which its releases are copies of and its
/// crates carry: whatever is elsewhere would be missing there, and be any JSON to a generator that may leave things out.
fn elsewhere(source: &Source) -> Vec<Finding> {
    let outside = source
        .unresolved()
        .into_iter()
        .filter(|it| !it.reference.starts_with('#'));
    outside
        .map(|it| {
            Finding::new(
                "init",
                it.pointer,
                format!("`{}` is in another document", it.reference),
                "bundle the document into one file first, as with `redocly bundle`",
            )
        })
        .collect()
}

/// The strictest profile that finds nothing; the widest if each finds something.
fn strictest(source: &Source) -> Profile {
    [Profile::Strict, Profile::Recommended]
        .into_iter()
        .find(|profile| lint(source, &Config::new(*profile)).is_empty())
        .unwrap_or(Profile::Minimal)
}

fn write(arguments: &Arguments, name: &str, source: &Source, profile: Profile) -> io::Result<()> {
    let root = &arguments.folder;
    let info = |key: &str| {
        let value = source.value().pointer(&format!("/info/{key}"));
        value.and_then(Value::as_str).unwrap_or_default()
    };
    let title: String = info("title")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let values = Values {
        name,
        title: if title.is_empty() { name } else { &title },
        profile: &format!("{profile:?}").to_lowercase(),
        is_lenient: arguments.lenient,
    };
    for (path, text) in template::files(&values) {
        write_file(&root.join(path), &text)?;
    }
    let text = source.text();
    write_file(&root.join(contract(name)), text)?;
    // What is there now is what later changes are compared with.
    let version = Version::parse(info("version")).unwrap_or(Version::new(0, 1, 0));
    write_file(&root.join(format!("openapi/released/{version}.yaml")), text)
}

fn write_file(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// The path of the contract, from the root.
fn contract(name: &str) -> String {
    format!("openapi/{name}.yaml")
}

/// Writes what derives from the contract.
fn derive(
    arguments: &Arguments,
    name: &str,
    source: &Source,
    out: &mut Output<'_>,
) -> Result<(), Error> {
    let contract = contract(name);
    let project = Project::new("cargo xtask")
        .contract(&contract)
        .link(&format!("crates/{name}-bindings/{contract}"));
    let root = arguments.folder.clone();
    let workspace = Workspace::new(project, root, Some(contract.into()), None);
    regen::run(
        &regen::Arguments::write_only().lenient(arguments.lenient),
        &workspace,
        out,
    )?;
    if !arguments.no_round_trip {
        round_trip::accept(source, &workspace, out)?;
    }
    Ok(())
}
