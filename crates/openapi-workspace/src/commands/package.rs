//! The step `package` of `ci`: a published crate carries all that it builds from.
//!
//! The packages are made by cargo, unpacked, and checked where nothing else of the repository is: each with the
//! features that it asks for itself, against the packages of the others. cargo's own verification does the same, and
//! takes much longer: it builds where a check will do, with another profile than the workspace, and also what nobody
//! publishes. Here most of what the crates depend on has been checked by the step `clippy` already.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::error::Error;
use crate::output::Output;
use crate::step;
use crate::workspace::Workspace;

/// What cargo says about the workspace, as far as it matters here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    /// The registries that it may be published to; `None`: all.
    publish: Option<Vec<String>>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
}

impl Package {
    fn is_published(&self) -> bool {
        self.publish.as_ref().is_none_or(|all| !all.is_empty())
    }

    /// The name of the folder that it is packed in.
    fn folder(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }
}

pub(crate) fn run(workspace: &Workspace, out: &mut Output<'_>) -> Result<bool, Error> {
    let metadata = metadata(workspace)?;
    let (published, private): (Vec<_>, Vec<_>) = metadata
        .packages
        .iter()
        .partition(|package| package.is_published());
    if published.is_empty() {
        writeln!(out, "no package of this workspace is published")?;
        return Ok(true);
    }
    let mut pack = vec!["package", "--workspace", "--allow-dirty", "--no-verify"];
    for package in private {
        pack.extend(["--exclude", &package.name]);
    }
    if !step::cargo(&pack, &[], workspace.root(), out)? {
        return Ok(false);
    }
    let alone = metadata.target_directory.join("package").join("alone");
    unpack(&metadata, &published, &alone)?;
    let target = metadata.target_directory.display().to_string();
    let mut passed = true;
    for package in &published {
        let check = ["check", "--package", &package.name, "--target-dir", &target];
        passed &= step::cargo(&check, &[], &alone, out)?;
    }
    Ok(passed)
}

fn metadata(workspace: &Workspace) -> Result<Metadata, Error> {
    let output = Command::new(step::cargo_path())
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(workspace.root())
        .output()
        .map_err(|error| Error::usage(format!("cannot run cargo: {error}")))?;
    serde_json::from_slice(&output.stdout).map_err(|_| {
        let said = String::from_utf8_lossy(&output.stderr);
        Error::usage(format!(
            "cargo does not know this workspace: {}",
            said.trim()
        ))
    })
}

/// Unpacks the packages into a workspace of their own.
fn unpack(metadata: &Metadata, published: &[&Package], alone: &Path) -> Result<(), Error> {
    let failed =
        |path: &Path, error: std::io::Error| Error::usage(format!("{}: {error}", path.display()));
    if alone.exists() {
        fs::remove_dir_all(alone).map_err(|error| failed(alone, error))?;
    }
    fs::create_dir_all(alone).map_err(|error| failed(alone, error))?;
    for package in published {
        let file = format!("{}.crate", package.folder());
        let packed = metadata.target_directory.join("package").join(&file);
        // Packed files are all of one time. With that time cargo would take what has changed for what it has built.
        let status = Command::new("tar")
            .args(["-x", "-z", "-m", "-f"])
            .arg(&packed)
            .arg("-C")
            .arg(alone)
            .status()
            .map_err(|error| Error::usage(format!("cannot run tar: {error}")))?;
        if !status.success() {
            return Err(Error::findings(format!(
                "{} cannot be unpacked",
                packed.display()
            )));
        }
    }
    let manifest = alone.join("Cargo.toml");
    fs::write(&manifest, self::manifest(metadata, published)?)
        .map_err(|error| failed(&manifest, error))?;
    // The versions that everything else was checked with.
    let lock = metadata.workspace_root.join("Cargo.lock");
    if lock.exists() {
        fs::copy(&lock, alone.join("Cargo.lock")).map_err(|error| failed(&lock, error))?;
    }
    Ok(())
}

/// A workspace of the unpacked packages, with the profiles of this one.
fn manifest(metadata: &Metadata, published: &[&Package]) -> Result<String, Error> {
    let own = metadata.workspace_root.join("Cargo.toml");
    let text = fs::read_to_string(&own)
        .map_err(|error| Error::usage(format!("{}: {error}", own.display())))?;
    let own: toml::Table = toml::from_str(&text)
        .map_err(|error| Error::usage(format!("{}: {error}", own.display())))?;
    let needed: BTreeSet<&str> = published
        .iter()
        .flat_map(|package| &package.dependencies)
        .map(|dependency| dependency.name.as_str())
        .collect();
    let mut workspace = toml::Table::new();
    let folders = published.iter().map(|package| package.folder());
    workspace.insert("members".to_owned(), folders.collect::<Vec<_>>().into());
    if let Some(resolver) = own.get("workspace").and_then(|it| it.get("resolver")) {
        workspace.insert("resolver".to_owned(), resolver.clone());
    }
    let mut patches = toml::Table::new();
    for package in published
        .iter()
        .filter(|package| needed.contains(package.name.as_str()))
    {
        let path = toml::Table::from_iter([("path".to_owned(), package.folder().into())]);
        patches.insert(package.name.clone(), path.into());
    }
    let registry = toml::Table::from_iter([("crates-io".to_owned(), patches.into())]);
    let mut manifest = toml::Table::from_iter([
        ("workspace".to_owned(), workspace.into()),
        ("patch".to_owned(), registry.into()),
    ]);
    if let Some(profiles) = own.get("profile") {
        manifest.insert("profile".to_owned(), profiles.clone());
    }
    Ok(manifest.to_string())
}
