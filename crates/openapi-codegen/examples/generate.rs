//! Generates Rust from any document: `cargo run --example generate -- openapi.yaml > bindings.rs`.

use std::path::Path;
use std::process::ExitCode;

use openapi_codegen::{Error, Generator};
use openapi_document::Source;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: generate <DOCUMENT>");
        return ExitCode::from(2);
    };
    match generate(Path::new(&path)) {
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

fn generate(path: &Path) -> Result<String, Error> {
    let source = Source::read(path)?;
    Ok(Generator::new(&source).generate()?.source())
}
