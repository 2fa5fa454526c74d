//! The program of a package that has the generated types.

use std::path::Path;
use std::process::ExitCode;

use openapi_document::Source;

use crate::generated_type::GeneratedType;
use crate::loss::Loss;
use crate::{compare, document, values};

/// Writes the losses of the document that the first argument names as JSON to standard output.
#[must_use]
pub fn main(types: &[GeneratedType]) -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: round-trip <DOCUMENT>");
        return ExitCode::from(2);
    };
    let found = Source::read(Path::new(&path))
        .map_err(|error| error.to_string())
        .and_then(|source| losses(&source, types))
        .and_then(|losses| {
            serde_json::to_string_pretty(&losses).map_err(|error| error.to_string())
        });
    match found {
        Ok(losses) => {
            println!("{losses}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The losses of a document in the types that were generated from it, in the order of their places.
///
/// # Errors
/// If the types' schemas are no OpenAPI.
pub fn losses(source: &Source, types: &[GeneratedType]) -> Result<Vec<Loss>, String> {
    let generated = document::assemble(types)?;
    let mut losses = compare::compare(source.value(), &generated, types);
    losses.extend(values::try_all(source.value(), types));
    losses.sort();
    losses.dedup_by(|later, earlier| later.is_same(earlier));
    Ok(losses)
}
