//! Generates the bindings of the documents that the crate `openapiv3` carries in the registry, each as a module of its
//! own. They are nobody's of this repository, so none is copied into it: cargo knows where they are.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use openapi_codegen::Generator;
use openapi_document::Source;
use serde_json::Value;

/// The documents that are left out, by the beginnings of their names: stripe's alone takes longer than all others.
const LEFT_OUT: [&str; 1] = ["stripe"];

/// Fewer means that the folder moved, and that nothing would be shown by compiling what is left.
const LEAST: usize = 20;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    match modules() {
        Ok(()) => ExitCode::SUCCESS,
        Err(report) => {
            eprintln!("{report}");
            ExitCode::FAILURE
        }
    }
}

/// Writes `documents.rs`: one module for each document, or nothing without the feature.
fn modules() -> Result<(), String> {
    let mut modules = String::new();
    if env::var_os("CARGO_FEATURE_COMPILE").is_some() {
        let paths = documents()?;
        if paths.len() < LEAST {
            return Err(format!(
                "openapiv3/fixtures has {} documents, not {LEAST} as it had",
                paths.len()
            ));
        }
        for path in &paths {
            modules.push_str(&module(path)?);
        }
    }
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    fs::write(Path::new(&out).join("documents.rs"), modules).map_err(|error| error.to_string())
}

/// The documents, sorted, from the folder of the crate in cargo's registry.
fn documents() -> Result<Vec<PathBuf>, String> {
    let cargo = env::var_os("CARGO").ok_or("CARGO is not set")?;
    let host = env::var("HOST").map_err(|error| format!("HOST: {error}"))?;
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--locked"])
        .args(["--filter-platform", &host])
        .output()
        .map_err(|error| format!("cannot run cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let metadata: Value =
        serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let folder = packages
        .filter(|package| package["name"] == "openapiv3")
        .find_map(|package| Path::new(package["manifest_path"].as_str()?).parent())
        .map(|folder| folder.join("fixtures"))
        .ok_or("cargo metadata does not name openapiv3")?;
    let entries = fs::read_dir(&folder).map_err(|error| format!("openapiv3/fixtures: {error}"))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !LEFT_OUT.iter().any(|left_out| name.starts_with(left_out))
    });
    paths.sort();
    Ok(paths)
}

/// `pub mod NAME { .. }`.
fn module(path: &Path) -> Result<String, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.replace(['-', '.'], "_");
    let source = Source::read(path).map_err(|error| error.to_string())?;
    let bindings = Generator::new(&source)
        .lenient(true)
        .generate()
        .map_err(|error| error.report())?;
    Ok(format!("pub mod {name} {{\n{}}}\n", bindings.source()))
}
