//! What of the contract is not in the bindings: a file that is checked in, so that a review sees it change.
//!
//! That it is there is also what allows to leave anything out, for every command.

use std::path::PathBuf;

use openapi_codegen::Bindings;

use super::GeneratedFile;
use crate::workspace::Workspace;

/// Where the file is.
pub(crate) fn path(workspace: &Workspace) -> PathBuf {
    workspace.surface().with_file_name("left-out.txt")
}

/// The file, by places in the document: lines would change with every edit above them.
pub(super) fn file(bindings: &Bindings, workspace: &Workspace, name: &str) -> GeneratedFile {
    let mut text = format!(
        "What of {name} is not in the bindings, or only as any JSON. Written by `cargo xtask regen --lenient`;\n\
         do not edit. Without this file nothing is left out: what cannot be generated is an error.\n\n"
    );
    for finding in bindings.left_out() {
        text.push_str(&format!("#{}\n    {}\n", finding.pointer, finding.message));
    }
    GeneratedFile::new(path(workspace), text)
}
