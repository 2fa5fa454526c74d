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
    BuildScript::new(contract).run()
}

/// The same with options.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     openapi_codegen::BuildScript::new("openapi/their.yaml").lenient().run()
/// }
/// ```
#[derive(Debug)]
pub struct BuildScript<'a> {
    contract: &'a str,
    is_lenient: bool,
}

impl<'a> BuildScript<'a> {
    /// A build script for the document at a path from the package's folder.
    #[must_use]
    pub fn new(contract: &'a str) -> Self {
        Self {
            contract,
            is_lenient: false,
        }
    }

    /// Leaves out what cannot be generated, instead of stopping: see
    /// [`Generator::lenient`](crate::Generator::lenient). Each thing that is left out is a warning of the build.
    #[must_use]
    pub fn lenient(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    /// Generates the bindings.
    #[must_use]
    pub fn run(self) -> ExitCode {
        println!("cargo::rerun-if-changed={}", self.contract);
        println!("cargo::rerun-if-changed=build.rs");
        match self.generate() {
            Ok(()) => ExitCode::SUCCESS,
            Err(report) => {
                eprintln!("{report}");
                ExitCode::FAILURE
            }
        }
    }

    fn generate(&self) -> Result<(), String> {
        let folder = env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .unwrap_or_default();
        let out = env::var_os("OUT_DIR")
            .map(|out| PathBuf::from(out).join("bindings.rs"))
            .ok_or("OUT_DIR is not set: this is to be called from a build script")?;
        // A link is followed, so that the message names the file that is edited.
        let path = folder.join(self.contract);
        let path = fs::canonicalize(&path).unwrap_or(path);
        let source = read(&path).map_err(|error| error.report())?;
        for file in source.files() {
            println!("cargo::rerun-if-changed={}", file.name());
        }
        let bindings = Generator::new(&source)
            .lenient(self.is_lenient)
            .generate()
            .map_err(|error| error.report())?;
        for finding in bindings.left_out() {
            println!("cargo::warning={}", finding.line(source.name()));
        }
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
}

fn read(path: &Path) -> Result<Source, Error> {
    Ok(Source::read_bundled(path)?)
}
