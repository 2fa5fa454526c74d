//! What derives from the contract and is checked in.

mod canonical;
mod generated_file;
pub(crate) mod left_out;
mod link;
mod reference;

use openapi_codegen::Bindings;
use openapi_codegen::catalog::Catalog;
use openapi_document::Source;

use crate::error::Error;
use crate::workspace::Workspace;

pub(crate) use generated_file::GeneratedFile;
pub(crate) use link::Link;

/// The files that derive from a document.
pub(crate) fn files(
    source: &Source,
    bindings: &Bindings,
    is_lenient: bool,
    workspace: &Workspace,
) -> Result<Vec<GeneratedFile>, Error> {
    let name = workspace.name(&workspace.document());
    let mut files = Vec::new();
    if let Some(path) = workspace.canonical() {
        files.push(GeneratedFile::new(path, canonical::text(source.value())));
    }
    let surface = format!(
        "// The public surface of what is generated from {name}, without bodies: what a change gives to users.\n\
         // Written by `cargo xtask regen`; do not edit.\n\n{}",
        bindings.surface()
    );
    files.push(GeneratedFile::new(workspace.surface(), surface));
    if let Ok(Some(catalog)) = Catalog::read(source.value()) {
        files.push(GeneratedFile::new(
            workspace.reference(),
            reference::text(&catalog, &name),
        ));
    }
    if is_lenient {
        files.push(left_out::file(bindings, workspace, &name));
    }
    Ok(files)
}
