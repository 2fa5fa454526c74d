//! Generates Rust from any document: `cargo run --example generate -- openapi.yaml [--lenient] > bindings.rs`.

use std::path::Path;
use std::process::ExitCode;

use openapi_codegen::{Error, Generator};
use openapi_document::Source;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_lenient = arguments.iter().any(|argument| argument == "--lenient");
    let Some(path) = arguments
        .iter()
        .find(|argument| !argument.starts_with("--"))
    else {
        eprintln!("usage: generate <DOCUMENT> [--lenient]");
        return ExitCode::from(2);
    };
    match generate(Path::new(path), is_lenient) {
        Ok(source) => {
            print!("{source}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}", error.report());
            ExitCode::FAILURE
        }
    }
}

fn generate(path: &Path, is_lenient: bool) -> Result<String, Error> {
    let source = Source::read_bundled(path)?;
    let bindings = Generator::new(&source).lenient(is_lenient).generate()?;
    for finding in bindings.warnings() {
        eprintln!("warning: {}", finding.report(source.name()));
    }
    for finding in bindings.left_out() {
        eprintln!("left out: {}", finding.report(source.name()));
    }
    Ok(bindings.source())
}
