//! Generates the types of a document (the contract, or the one that `ROUND_TRIP_SPEC` names) and a table of them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use openapi_codegen::Generator;
use openapi_document::Source;

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed=ROUND_TRIP_SPEC");
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(report) => {
            eprintln!("{report}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let contract = || Path::new("openapi/dingtalk-receipts.yaml").to_owned();
    let spec = env::var_os("ROUND_TRIP_SPEC").map_or_else(contract, PathBuf::from);
    println!("cargo::rerun-if-changed={}", spec.display());
    let source = Source::read(&spec).map_err(|error| error.to_string())?;
    let bindings = Generator::new(&source)
        .generate()
        .map_err(|error| error.report())?;

    let mut table = String::from("pub(crate) fn types() -> Vec<Type> {\n    vec![\n");
    for named in bindings.schemas() {
        let (schema, path) = (&named.schema, &named.path);
        table.push_str(&format!(
            "        Type::of::<crate::bindings::{path}>({schema:?}),\n"
        ));
    }
    table.push_str("    ]\n}\n");

    let out = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .ok_or("OUT_DIR is not set")?;
    let write = |name: &str, text: String| {
        let path = out.join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    };
    write("bindings.rs", bindings.source())?;
    write("table.rs", table)
}
