//! The files that a document refers to in the file system.

use std::path::Path;

use openapi_document::{Files, Folder, Source};

use super::Reach;

/// Files of one folder.
pub(super) struct Local(Folder);

impl Local {
    /// The files below a document's folder, or below the one that is given instead.
    pub(super) fn below(folder: &Path, reach: &Reach) -> Self {
        let folder = match &reach.root {
            Some(root) => root,
            None if folder.as_os_str().is_empty() => Path::new("."),
            None => folder,
        };
        Self(Folder::new(folder).advising(super::WIDEN))
    }
}

impl Files for Local {
    fn read(&mut self, path: &str) -> Result<Source, String> {
        self.0.read(path)
    }
}
