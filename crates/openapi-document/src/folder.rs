//! Other files from a folder of the file system.

use std::path::{Path, PathBuf};

use crate::bundle::{Files, bundle, is_url};
use crate::{Source, SourceError};

/// Reads the files that a document refers to from one folder and what is below it, and nothing
/// outside: a document of somebody else must not make a tool read files of its user.
///
/// Paths are taken relative to the current directory, as the document's own is. Symbolic links
/// that lead out of the folder are refused like `..` is.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// The folder without symbolic links; an error if it is not there.
    real: Result<PathBuf, String>,
    advice: String,
}

impl Folder {
    /// Files of a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        let real = root
            .canonicalize()
            .map_err(|error| format!("cannot read the folder {}: {error}", root.display()));
        Self {
            root,
            real,
            advice: "move it into the folder, or allow a wider one".to_owned(),
        }
    }

    /// The files beside and below a document.
    pub fn of(document: &Path) -> Self {
        match document.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => Self::new(folder),
            _ => Self::new("."),
        }
    }

    /// Says what to do about a file outside of the folder, in the terms of a tool's own options.
    #[must_use]
    pub fn advising(self, advice: impl Into<String>) -> Self {
        Self {
            advice: advice.into(),
            ..self
        }
    }
}

impl Files for Folder {
    fn read(&mut self, path: &str) -> Result<Source, String> {
        if is_url(path) {
            return Err(
                "it is a URL, and URLs are not read; keep a copy of the file beside the \
                        document and refer to it by its path"
                    .to_owned(),
            );
        }
        let root = self.real.as_ref().map_err(String::clone)?;
        let real = Path::new(path)
            .canonicalize()
            .map_err(|error| format!("cannot read the file {path}: {error}"))?;
        if !real.starts_with(root) {
            return Err(format!(
                "the file {path} is outside of the folder {}; {}",
                self.root.display(),
                self.advice
            ));
        }
        Source::read(Path::new(path)).map_err(|error| error.to_string())
    }
}

impl Source {
    /// Reads the file at `path` and all files of its folder that it refers to, as one document:
    /// see [`bundle`].
    ///
    /// # Errors
    /// The file itself cannot be read (see [`Source::read`]). A file that it refers to and that
    /// cannot be read is one of [`Source::unresolved`].
    pub fn read_bundled(path: &Path) -> Result<Self, SourceError> {
        let source = Self::read(path)?;
        let from = path.to_string_lossy();
        Ok(bundle(source, &from, &mut Folder::of(path)))
    }
}
