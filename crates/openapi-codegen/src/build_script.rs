//! What a `build.rs` calls.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use openapi_document::Source;

use crate::finding::Error;
use crate::generator::Generator;
use crate::required_crates;

/// Generates the bindings of `contract` (a path from the package's folder) into `OUT_DIR` as `bindings.rs`.
///
/// A mistake in the contract goes to standard error with file, line and what is wrong, and stops the build.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     openapi_codegen::build_script("openapi/dingtalk-receipts.yaml")
/// }
/// ```
#[must_use]
pub fn build_script(contract: &str) -> ExitCode {
    println!("cargo::rerun-if-changed={contract}");
    println!("cargo::rerun-if-changed=build.rs");
    match generate(contract) {
        Ok(()) => ExitCode::SUCCESS,
        Err(report) => {
            eprintln!("{report}");
            ExitCode::FAILURE
        }
    }
}

fn generate(contract: &str) -> Result<(), String> {
    let folder = env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    let out = env::var_os("OUT_DIR")
        .map(|out| PathBuf::from(out).join("bindings.rs"))
        .ok_or("OUT_DIR is not set: this is to be called from a build script")?;
    // A link is followed, so that the message names the file that is edited.
    let path = folder.join(contract);
    let path = fs::canonicalize(&path).unwrap_or(path);
    let source = read(&path).map_err(|error| error.report())?;
    let bindings = Generator::new(&source)
        .generate()
        .map_err(|error| error.report())?;
    let manifest = folder.join("Cargo.toml");
    let listed = fs::read_to_string(&manifest).unwrap_or_default();
    let missing = required_crates::missing(&required_crates::crates(bindings.file()), &listed);
    if !missing.is_empty() {
        return Err(format!(
            "{}: what is generated from this needs `{}`\n  help add it to [dependencies] of {}",
            source.name(),
            missing.join("`, `").replace('_', "-"),
            manifest.display()
        ));
    }
    fs::write(&out, bindings.source()).map_err(|error| format!("{}: {error}", out.display()))
}

fn read(path: &Path) -> Result<Source, Error> {
    Ok(Source::read(path)?)
}
