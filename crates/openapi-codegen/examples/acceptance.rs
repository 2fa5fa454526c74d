//! Counts what the generator takes: `cargo run --release --example acceptance -- FOLDER [--lenient]`.

use std::path::Path;
use std::process::ExitCode;

use openapi_codegen::acceptance::measure;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_lenient = arguments.iter().any(|argument| argument == "--lenient");
    let Some(folder) = arguments
        .iter()
        .find(|argument| !argument.starts_with("--"))
    else {
        eprintln!("usage: acceptance <FOLDER> [--lenient]");
        return ExitCode::from(2);
    };
    match measure(Path::new(folder), is_lenient) {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}
