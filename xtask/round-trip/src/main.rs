//! From the generated Rust types back to the contract: what gets lost on the way?
//!
//! Built with the types of one document, it takes the path of that document and writes, as JSON, what is lost: where
//! the JSON Schema of a type says less than the document ([`compare`]), and where a value does not survive being read
//! and written, or is read though the document forbids it ([`values`]). `cargo xtask round-trip` runs it and judges.

#[allow(missing_docs, unreachable_pub, dead_code, unused_imports, clippy::all)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod bindings {
    include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
}
mod compare;
mod document;
mod forbidden;
mod loss;
mod table;
mod values;

use std::path::Path;
use std::process::ExitCode;

use openapi_document::Source;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: round-trip <DOCUMENT>");
        return ExitCode::from(2);
    };
    match losses(Path::new(&path)) {
        Ok(losses) => {
            println!(
                "{}",
                serde_json::to_string_pretty(&losses).unwrap_or_default()
            );
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn losses(path: &Path) -> Result<Vec<loss::Loss>, String> {
    let source = Source::read(path).map_err(|error| error.to_string())?;
    let types = table::types();
    let generated = document::assemble(&types)?;
    let mut losses = compare::compare(source.value(), &generated, &types);
    losses.extend(values::try_all(source.value(), &types));
    losses.sort();
    losses.dedup_by(|later, earlier| later.is_same(earlier));
    Ok(losses)
}
