//! Generates the bindings of every document under `cases`, a module each.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use openapi_codegen::Generator;
use openapi_document::Source;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=cases");
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(report) => {
            eprintln!("{report}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let out = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .ok_or("OUT_DIR is not set")?;
    let entries = fs::read_dir("cases").map_err(|error| error.to_string())?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut modules = String::new();
    for file in files {
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .replace('-', "_");
        fs::write(out.join(format!("{name}.rs")), bindings(&file)?)
            .map_err(|error| error.to_string())?;
        modules.push_str(&format!(
            "pub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\")); }}\n"
        ));
    }
    fs::write(out.join("modules.rs"), modules).map_err(|error| error.to_string())
}

fn bindings(file: &Path) -> Result<String, String> {
    let source = Source::read(file).map_err(|error| error.to_string())?;
    let bindings = Generator::new(&source)
        .generate()
        .map_err(|error| error.report())?;
    Ok(bindings.source())
}
